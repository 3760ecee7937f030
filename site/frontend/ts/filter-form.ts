/* A filter form shows its results as soon as a choice is made (htmx does the work); here only
   what htmx cannot: no empty parts in the address, and no button that is no longer needed. */
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
