/* Suggests the name of the chosen file as the title of a sound or film. */
document.addEventListener("change", (event) => {
  const [file] = event.target.id === "id_file" ? event.target.files : [];
  const title = document.querySelector("#id_title");
  if (file && !title.value) title.value = file.name.replace(/\.[^.]+$/, "");
});
