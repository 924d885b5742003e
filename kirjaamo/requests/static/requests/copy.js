// A button beside each field marked with data-copy: it puts the text of the field on the clipboard and says so.
"use strict";
document.querySelectorAll("input[data-copy]").forEach((field) => {
  field.addEventListener("focus", () => field.select());
  if (!navigator.clipboard) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button secondary";
  button.textContent = field.dataset.copy;
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(field.value);
    said.textContent = ` ${field.dataset.copied}`;
  });
  const row = document.createElement("p");
  row.className = "actions";
  row.append(button, said);
  field.closest(".field").after(row);
});
