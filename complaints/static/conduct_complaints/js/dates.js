/* Wagtail's calendar opens a moment after a date has the focus. Whoever holds the Tab key is gone by
   then, and it would lie open over the next fields: it closes at once. */
"use strict";

(() => {
  const { jQuery } = window;
  if (!jQuery || window.conductDates) return;
  window.conductDates = true;

  jQuery(document).on("open.xdsoft", ".xdsoft_datetimepicker", (event) => {
    const calendar = jQuery(event.currentTarget);
    const [field] = calendar.data("input") || [];
    const { activeElement } = document;
    // Who clicks into the calendar stands on no other field.
    if (field && activeElement !== field && activeElement !== document.body) calendar.trigger("close.xdsoft");
  });
})();
