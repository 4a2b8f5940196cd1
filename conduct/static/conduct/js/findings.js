// “What to look at” above a page's form: fetched anew once Wagtail has saved the draft by itself.
(() => {
  const renew = async () => {
    const old = document.querySelector("[data-conduct-findings]");
    if (!old) return;
    const response = await fetch(old.dataset.conductFindings, { credentials: "same-origin" });
    if (!response.ok) return;
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const fresh = page.querySelector("[data-conduct-findings]");
    if (fresh) old.replaceWith(fresh);
  };
  document.addEventListener("w-autosave:success", renew);
})();
