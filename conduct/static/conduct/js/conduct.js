/* Adds comfort to the public pages; every page works without it. */
"use strict";

(() => {
  // A reader of the screen hears at once what has to be mended.
  document.querySelector(".error-summary")?.focus();

  // <button type="button" data-copy="#id" data-copied="Copied" hidden>Copy</button>
  // copies the text of the element that data-copy selects, or data-copy itself.
  const textToCopy = (value) => {
    const source = value.startsWith("#") ? document.getElementById(value.slice(1)) : null;
    return source ? (source.value ?? source.textContent).trim() : value;
  };

  const offerCopy = (button) => {
    const label = button.textContent;
    const status = document.createElement("span");
    status.className = "visually-hidden";
    status.setAttribute("role", "status");
    button.after(status);
    button.hidden = false;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(textToCopy(button.dataset.copy));
      } catch {
        return; // Not allowed here: the text itself can still be selected.
      }
      const said = button.dataset.copied || label;
      button.textContent = said;
      status.textContent = said;
      setTimeout(() => {
        button.textContent = label;
        status.textContent = "";
      }, 4000);
    });
  };
  if (navigator.clipboard) document.querySelectorAll("[data-copy]").forEach(offerCopy);

  // <form data-once>: a second press does not send twice. aria-disabled keeps the focus and the
  // button's own name and value in what is sent.
  const release = () => {
    document.querySelectorAll("form[data-once]").forEach((form) => {
      delete form.dataset.sent;
      form.querySelectorAll("[aria-disabled][type=submit]").forEach((button) => {
        button.removeAttribute("aria-disabled");
      });
    });
  };
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.matches("[data-once]")) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    if (event.defaultPrevented) return;
    form.dataset.sent = "1";
    event.submitter?.setAttribute("aria-disabled", "true");
    // A lost connection must not lock the form for good.
    setTimeout(release, 15000);
  });
  // Coming back with the browser's back button shows the page as it was left: disabled.
  window.addEventListener("pageshow", release);

  // <button data-print hidden>: printing needs a script, so the button does too.
  document.querySelectorAll("[data-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  });

  // Menus close by Escape and by a click elsewhere.
  const openMenus = () => document.querySelectorAll("details[data-menu][open]");
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    openMenus().forEach((menu) => {
      if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
      menu.open = false;
    });
  });
  document.addEventListener("click", (event) => {
    openMenus().forEach((menu) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });
})();
