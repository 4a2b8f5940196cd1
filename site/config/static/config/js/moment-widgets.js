/* Starts Wagtail's date and time choosers without the inline script that its own widgets carry, so
 * that the staff's screens of a case work under a policy without 'unsafe-inline'. */
(() => {
  const starters = {
    date: "initDateChooser",
    time: "initTimeChooser",
    datetime: "initDateTimeChooser",
  };

  class MomentController extends window.StimulusModule.Controller {
    static values = { kind: String, field: String, options: Object };

    connect() {
      const start = () => window[starters[this.kindValue]]?.(this.fieldValue, this.optionsValue);
      // The choosers' own script comes with the form and may be read after this one.
      if (window[starters[this.kindValue]]) start();
      else window.addEventListener("load", start, { once: true });
    }
  }

  window.wagtail.app.register("conduct-moment", MomentController);
})();
