/* Keeps what staff type on a case, a second after they pause: `data-keep` on a form, or on an element
   that stands for the form of the page, names where. Nothing is filled in by itself. */
"use strict";

(() => {
  if (window.conductTyping) return;
  window.conductTyping = true;
  const PAUSE = 1500;

  const keep = (form, mark) => {
    let timer = null;
    let sent = "";
    let leaving = false;
    const say = (words) => {
      const place = mark.querySelector("[data-keep-said]");
      if (place) place.textContent = words || "";
    };
    const send = (last) => {
      clearTimeout(timer);
      timer = null;
      const body = new FormData(form);
      // Files are not drafts.
      for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
      const now = new URLSearchParams(body).toString();
      if (now === sent) return;
      sent = now;
      fetch(mark.dataset.keep, { method: "POST", body, keepalive: last, credentials: "same-origin", redirect: "error" })
        .then((answer) => {
          if (!answer.ok) throw new Error(String(answer.status));
          say(mark.dataset.keptWords);
        })
        .catch(() => {
          sent = "";
          say(mark.dataset.notKeptWords);
        });
    };
    const later = () => {
      clearTimeout(timer);
      say("");
      timer = setTimeout(send, PAUSE);
    };
    form.addEventListener("input", later);
    form.addEventListener("change", later);
    form.addEventListener("submit", () => {
      leaving = true;
      clearTimeout(timer);
    });
    window.addEventListener("pagehide", () => {
      if (timer && !leaving) send(true);
    });
  };

  const start = () => {
    for (const mark of document.querySelectorAll("[data-keep]")) {
      const form = mark.matches("form") ? mark : document.querySelector(mark.dataset.keepForm);
      if (form) keep(form, mark);
    }
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
