/* Fetches a form's one-time token when the form is first used, so that the page around it can be
   cached for everybody. Without it the first sending comes back with a token: nothing is lost. */
"use strict";

(() => {
  if (window.conductForms) return; // Two forms in one page bring this file twice.
  window.conductForms = true;

  const field = (form) => form.elements.namedItem("token");
  const fetching = new WeakMap();

  const fetchToken = (form) => {
    if (field(form).value) return Promise.resolve();
    if (!fetching.has(form)) {
      const done = fetch(form.dataset.tokenUrl, { credentials: "omit", cache: "no-store" })
        .then((answer) => (answer.ok ? answer.json() : {}))
        .then(({ token }) => {
          if (token) field(form).value = token;
        })
        .catch(() => {})
        .finally(() => fetching.delete(form));
      fetching.set(form, done);
    }
    return fetching.get(form);
  };

  document.querySelectorAll("form[data-token-url]").forEach((form) => {
    form.addEventListener("focusin", () => fetchToken(form));
    form.addEventListener("submit", (event) => {
      if (field(form).value || form.dataset.tokenTried) return;
      // Sent at once, for example from a restored page: wait for the token, then send.
      event.preventDefault();
      const { submitter } = event;
      fetchToken(form).then(() => {
        form.dataset.tokenTried = "1";
        form.requestSubmit(submitter);
      });
    });
  });

  // Back from the confirmation: another message needs another token.
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    document.querySelectorAll("form[data-token-url]").forEach((form) => {
      field(form).value = "";
      delete form.dataset.tokenTried;
    });
  });
})();
