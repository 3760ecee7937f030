/* The form of a promoted result: its rows, and the choice of one of the popular terms. Wagtail does
   the same by an inline script; templates/cms/promotion_scripts.html has what it needs to know. */
document.addEventListener("DOMContentLoaded", () => {
  const { terms, field, rows } = document.querySelector("[data-promotion]").dataset;
  new window.InlinePanel({
    formsetPrefix: `id_${rows}`,
    emptyChildFormPrefix: `${rows}-__prefix__`,
    canOrder: true,
  });
  document.getElementById(`${field}-chooser`).addEventListener("click", () => {
    window.ModalWorkflow({
      url: terms,
      onload: window.QUERY_CHOOSER_MODAL_ONLOAD_HANDLERS,
      responses: {
        queryChosen: (chosen) => {
          document.getElementById(field).value = chosen.querystring;
        },
      },
    });
  });
});
