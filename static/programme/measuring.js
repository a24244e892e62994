// The grid of values: rows that are copied in a spreadsheet program are spread over its cells.
// Without this the same table is pasted in the field below the grid.
(() => {
  const cells = (text) =>
    text
      .replace(/\r\n?/g, "\n")
      .replace(/\n+$/, "")
      .split("\n")
      .map((line) => line.split("\t"));

  const addRow = (body) => {
    const row = body.lastElementChild.cloneNode(true);
    const number = body.children.length + 1;
    for (const input of row.querySelectorAll("input")) {
      input.value = "";
      input.id = `${input.name}-${number}`;
      input.removeAttribute("aria-invalid");
      input.removeAttribute("aria-describedby");
      input.setAttribute("aria-label", input.getAttribute("aria-label").replace(/\d+$/, number));
    }
    for (const fault of row.querySelectorAll(".ds-validation-message")) fault.remove();
    body.append(row);
    return row;
  };

  const spread = (form, input, rows) => {
    const body = input.closest("tbody");
    let row = input.closest("tr");
    const first = [...row.querySelectorAll("input")].indexOf(input);
    for (const texts of rows) {
      row ??= addRow(body);
      const inputs = row.querySelectorAll("input");
      texts.forEach((text, place) => {
        if (inputs[first + place]) inputs[first + place].value = text.trim();
      });
      row = row.nextElementSibling;
    }
    input.focus();
  };

  // A table longer than the grid is shown as what it would change.
  const handOver = (text) => {
    const other = document.querySelector("[data-paste]");
    other.querySelector("textarea").value = text;
    other.requestSubmit();
  };

  document.addEventListener("paste", (event) => {
    const form = event.target.closest?.("[data-grid]");
    const text = event.clipboardData?.getData("text") ?? "";
    if (!form || !event.target.matches("input") || !/[\t\n]/.test(text.trim())) return;
    event.preventDefault();
    const rows = cells(text);
    if (rows.length > Number(form.dataset.most)) handOver(text);
    else spread(form, event.target, rows);
  });

  document.addEventListener("click", (event) => {
    if (!event.target.closest?.("[data-more]")) return;
    const body = event.target.closest("[data-grid]").querySelector("tbody");
    addRow(body).querySelector("input").focus();
  });

  const wake = () => {
    for (const button of document.querySelectorAll("[data-more][hidden]")) button.hidden = false;
  };
  wake();
  document.addEventListener("htmx:load", wake);
})();
