/* Wagtail's calendar opens a moment after a date has the focus. Whoever holds the Tab key is gone by
   then, and it would lie open over the next fields: it is closed again. */
"use strict";

(() => {
  if (window.conductDates) return;
  window.conductDates = true;
  const LATER = 250;

  document.addEventListener("focusout", ({ target, relatedTarget }) => {
    // Who clicks into the calendar goes to no other field.
    if (!relatedTarget || !target.matches('[data-controller~="w-date"]')) return;
    setTimeout(() => {
      const { jQuery } = window;
      if (document.activeElement !== target) jQuery?.(target).datetimepicker?.("hide");
    }, LATER);
  });
})();
