/* Saves what is typed while an autosave is on its way. Wagtail counts the form as saved as it
   stands when the answer comes; this compares it with what was sent. */
const guardOf = (form) =>
  window.wagtail.app.getControllerForElementAndIdentifier(form, "w-unsaved");
let sent = "";

document.addEventListener("w-autosave:save", (event) => {
  sent = guardOf(event.target)?.formData ?? "";
});

document.addEventListener("w-autosave:success", (event) => {
  const guard = guardOf(event.target);
  if (!guard || !sent) return;
  // The answer itself fills in fields, such as the keys of new rows.
  const saved = new URLSearchParams(sent);
  for (const [name, value] of Object.entries(event.detail.data.field_updates ?? {})) {
    if (saved.has(name)) saved.set(name, value);
  }
  if (guard.formData === saved.toString()) return;
  guard.initialFormData = saved.toString();
  guard.previousFormData = guard.initialFormData;
  guard.check();
});
