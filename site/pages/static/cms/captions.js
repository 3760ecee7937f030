/* Puts the words of a chosen caption file into the field beside it. Works for rows added later. */
document.addEventListener("change", (event) => {
  const input = event.target;
  if (!(input instanceof HTMLInputElement) || !input.matches("[data-captions-file]")) return;
  const field = input.closest("[data-captions]").querySelector("textarea");
  const file = input.files[0];
  if (!file) return;
  file.text().then((words) => {
    field.value = words;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });
});
