/* Removes empty parameters from the URL of a filter form, and its button. htmx sends the form
   after each choice. */
import type { Behaviour } from "./behaviours";

interface ConfigRequest extends Event {
  detail: { formData: FormData };
}

export const filterForm: Behaviour = {
  selector: "form[data-filter]",
  attach(form) {
    form.querySelector<HTMLElement>("[data-filter-submit]")?.setAttribute("hidden", "");
    form.addEventListener("htmx:configRequest", (event) => {
      const { formData } = (event as ConfigRequest).detail;
      for (const [name, value] of [...formData]) if (value === "") formData.delete(name);
    });
  },
};
