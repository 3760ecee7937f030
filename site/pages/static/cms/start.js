/* Starts for an element what Wagtail starts by an inline script, which the Content-Security-Policy
   forbids. templates/cms/start.html names the script, the id of the element, and options. */
const SCRIPTS = new Set([
  "Chooser",
  "DocumentChooser",
  "ImageChooser",
  "InlinePanel",
  "PageChooser",
  "SnippetChooser",
  "createMediaChooser",
  "createTaskChooser",
  "initDateChooser",
  "initDateTimeChooser",
  "initTimeChooser",
]);

class StartController extends window.StimulusModule.Controller {
  static values = { call: String, id: String, options: Object };

  connect() {
    // Once only: an element that is moved connects again.
    this.element.remove();
    const name = this.callValue;
    if (!SCRIPTS.has(name)) throw new Error(`cms/start.js does not know ${name}`);
    const given = this.hasIdValue ? [this.idValue, this.optionsValue] : [this.optionsValue];
    const script = window[name];
    if (/^[A-Z]/.test(name)) new script(...given);
    else script(...given);
  }
}

window.wagtail.app.register("cms-start", StartController);

// The script that crops pictures would test for a touch screen by an inline handler.
window.jQuery(() => {
  const crop = window.jQuery.Jcrop;
  if (crop) crop.defaults.touchSupport = "ontouchstart" in window;
});
