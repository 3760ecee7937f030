/* Saves what is typed while an autosave is on its way. Wagtail counts the form as saved as it
   stands when the answer comes; this compares it with what was sent. It also notes in the form
   which revision autosave wrote: a button then saves after one's own autosave, and the server
   refuses the form only if somebody else, or another window, saved since. */
const guardOf = (form) =>
  window.wagtail.app.getControllerForElementAndIdentifier(form, "w-unsaved");
let sent = "";

document.addEventListener("w-autosave:save", (event) => {
  sent = guardOf(event.target)?.formData ?? "";
});

function noteRevision(form, { revision_id: id, revision_created_at: time }) {
  const { loaded_revision_id: shown, loaded_revision_created_at: shownTime } = form.elements;
  if (!id || !shown || !shownTime) return;
  shown.value = id;
  shownTime.value = time;
}

document.addEventListener("w-autosave:success", (event) => {
  noteRevision(event.target, event.detail.data);
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
