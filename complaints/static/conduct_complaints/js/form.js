/* Adds comfort to the forms; each works without it. Fetches a form's one-time token when the form is
   first used, so that the page around it can be cached for everybody; hides what isn't asked; keeps
   the steps of a draft while somebody types; warns before what is typed gets lost. */
"use strict";

(() => {
  if (window.conductForms) return; // Two forms in one page bring this file twice.
  window.conductForms = true;

  // Whoever listens hears at once why a page came back; conduct.js does this for mistakes.
  if (!document.querySelector(".error-summary")) {
    document.querySelector("main [role=alert][tabindex]")?.focus();
  }

  const field = (form, name) => form.elements.namedItem(name);
  const fetching = new WeakMap();

  // Only while unusually many messages come: the browser computes for some seconds.
  const prove = async (form, challenge) => {
    if (!challenge) return;
    if (!window.conductProof) {
      const script = document.createElement("script");
      script.src = challenge.script;
      await new Promise((done) => {
        script.onload = script.onerror = done;
        document.head.append(script);
      });
    }
    if (window.conductProof) field(form, "proof").value = await window.conductProof(challenge);
  };
  // A slow device must not hold its owner up: without a proof a person looks at the message first.
  const LONGEST = 15000;
  const atMost = (working) => {
    return Promise.race([working, new Promise((done) => setTimeout(done, LONGEST))]);
  };

  const fetchToken = (form) => {
    if (field(form, "token").value) return fetching.get(form) || Promise.resolve();
    if (!fetching.has(form)) {
      const done = fetch(form.dataset.tokenUrl, { credentials: "omit", cache: "no-store" })
        .then((answer) => (answer.ok ? answer.json() : {}))
        .then(({ token, proof }) => {
          if (token) field(form, "token").value = token;
          return prove(form, proof);
        })
        .catch(() => {})
        .finally(() => fetching.delete(form));
      fetching.set(form, done);
    }
    return fetching.get(form);
  };

  const waitBeforeSending = (form, ready, wait) => {
    form.addEventListener("submit", (event) => {
      if (form.dataset.ready || ready()) return;
      // Sent at once, for example from a restored page: wait, then send.
      event.preventDefault();
      event.stopImmediatePropagation();
      const { submitter } = event;
      submitter?.setAttribute("aria-disabled", "true");
      atMost(wait()).then(() => {
        submitter?.removeAttribute("aria-disabled");
        form.dataset.ready = "1";
        form.requestSubmit(submitter);
      });
    });
  };

  document.querySelectorAll("form[data-token-url]").forEach((form) => {
    form.addEventListener("focusin", () => fetchToken(form));
    const ready = () => field(form, "token").value && !fetching.has(form);
    waitBeforeSending(form, ready, () => fetchToken(form));
  });
  document.querySelectorAll("form[data-proof]").forEach((form) => {
    const working = prove(form, JSON.parse(form.dataset.proof)).catch(() => {});
    waitBeforeSending(form, () => field(form, "proof").value, () => working);
  });

  // <div data-only-if="category=a|b">: shown only if that was chosen.
  const isChosen = (form, condition) => {
    const [name, values] = condition.split("=");
    return values.split("|").some((value) => new FormData(form).getAll(name).includes(value));
  };
  const showWhatIsAsked = (form) => {
    // Twice: what is hidden first may hide what depends on it.
    form.querySelectorAll("[data-only-if]").forEach((element) => {
      const asked = isChosen(form, element.dataset.onlyIf);
      element.hidden = !asked;
      element.querySelectorAll("input, select, textarea").forEach((input) => {
        input.disabled = !asked || Boolean(input.closest("[hidden]"));
      });
    });
  };
  document.querySelectorAll("form").forEach((form) => {
    if (!form.querySelector("[data-only-if]")) return;
    showWhatIsAsked(form);
    form.addEventListener("change", () => {
      showWhatIsAsked(form);
      showWhatIsAsked(form);
    });
  });

  // A step of a draft is kept some seconds after the last key; the person is told.
  const PAUSE = 4000;
  document.querySelectorAll("form[data-keeps]").forEach((form) => {
    let timer;
    let keeping;
    const status = form.querySelector("[data-status]");
    const keep = async () => {
      const body = new FormData(form);
      [...body.entries()].forEach(([name, value]) => value instanceof File && body.delete(name));
      body.delete("remove_file"); // Only a pressed button takes files out.
      body.set("go", "keep");
      form.dataset.changed = "on its way";
      try {
        const answer = await fetch(form.action, { method: "POST", body });
        if (!answer.ok) throw Error();
        const { seen } = await answer.json();
        field(form, "seen").value = seen;
        const now = new Date().toLocaleTimeString(document.documentElement.lang, {
          hour: "2-digit",
          minute: "2-digit",
        });
        status.textContent = `${form.dataset.kept} ${now}`;
        if (form.dataset.changed === "on its way") delete form.dataset.changed;
      } catch {
        // Without a connection it is kept with the next step.
      }
      keeping = undefined;
    };
    form.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => (keeping = keep()), PAUSE);
    });
    form.addEventListener("submit", () => clearTimeout(timer));
    // Two requests at once would look like two windows to the server.
    waitBeforeSending(form, () => !keeping, () => keeping);
  });

  // Leaving with words that are nowhere kept.
  document.querySelectorAll("form[data-leave], form[data-keeps]").forEach((form) => {
    form.addEventListener("input", () => (form.dataset.changed = "1"));
    form.addEventListener("submit", () => delete form.dataset.changed);
  });
  window.addEventListener("beforeunload", (event) => {
    if (document.querySelector("form[data-changed]")) event.preventDefault();
  });
  // The language in the page's header keeps what is typed, like the buttons below the form.
  document.querySelectorAll(".language-switcher a[hreflang]").forEach((link) => {
    link.addEventListener("click", (event) => {
      const button = document.querySelector(
        `form:is([data-keeps], [data-changed]) [value="language:${link.hreflang}" i]`,
      );
      if (!button) return;
      event.preventDefault();
      button.form.requestSubmit(button);
    });
  });

  // Back from the second step to the page with the first: what is kept is shown, not an empty form.
  const BEGUN = "conduct-begun";
  const back = async () => {
    const kept = sessionStorage.getItem(history.state?.conductDraft);
    const answer = kept && (await fetch(kept).catch(() => null));
    if (answer?.ok) location.replace(kept);
  };
  try {
    document.querySelectorAll("form[data-token-url]").forEach((form) => {
      form.addEventListener("submit", ({ submitter }) => {
        form.dataset.went = submitter?.value || "send";
        if (form.dataset.went === "send") return;
        const conductDraft = `conduct-draft-${Date.now()}`;
        history.replaceState({ conductDraft }, "");
        sessionStorage.setItem(BEGUN, conductDraft);
      });
    });
    const begun = sessionStorage.getItem(BEGUN);
    if (begun && document.querySelector("form[data-keeps]")) {
      sessionStorage.removeItem(BEGUN);
      sessionStorage.setItem(begun, location.pathname.replace(/[^/]+\/$/, "problem-1/"));
    }
    if (performance.getEntriesByType("navigation")[0]?.type === "back_forward") back();
  } catch {
    // Where nothing may be stored, the page stays as the browser shows it.
  }

  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    document.querySelectorAll("form[data-token-url]").forEach((form) => {
      delete form.dataset.ready;
      // Back from the confirmation: another message needs another token.
      if (form.dataset.went === "send") field(form, "token").value = "";
      else back();
    });
  });
})();
