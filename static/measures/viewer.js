// An area's table by keyboard, and small courtesies.  Everything works without this file.
(() => {
  const viewer = () => document.getElementById("viewer");

  // Inside the table: 1, 2 and 3 choose the level; right opens a measure and left closes it.
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || !event.target.closest) return;
    if (!event.target.closest("#viewer table, #viewer [data-levels]")) return;
    const level = document.getElementById(`level-${event.key}`);
    if (["1", "2", "3", "4"].includes(event.key) && level) {
      level.click();
      event.preventDefault();
      return;
    }
    const toggle = event.target.closest(".quality-toggle");
    const wanted = { ArrowRight: "false", ArrowLeft: "true" }[event.key];
    if (toggle && wanted === toggle.getAttribute("aria-expanded")) {
      toggle.click();
      event.preventDefault();
    }
  });

  // A press anywhere in a measure's first cell opens it, as a press on its name does.
  document.addEventListener("click", (event) => {
    if (event.target.closest("a, button, summary")) return;
    event.target.closest("#viewer tbody th")?.querySelector(".quality-toggle")?.click();
  });

  // What was pressed is gone with the settings it stood in: go on from the line that says them.
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target?.id !== "viewer" && event.target.id !== "viewer") return;
    if (document.activeElement === document.body) document.getElementById("settings")?.focus();
    reveal();
  });

  document.addEventListener("click", async (event) => {
    if (event.target.closest("[data-print]")) window.print();
    const link = event.target.closest("[data-copy]");
    if (!link || !navigator.clipboard) return; // it then leads to the view itself
    event.preventDefault();
    await navigator.clipboard.writeText(link.href);
    const said = viewer()?.querySelector("[data-said]");
    if (said) said.textContent = link.dataset.copy;
  });

  const reveal = () => {
    for (const button of document.querySelectorAll("[data-print]")) button.hidden = false;
  };
  reveal();
})();
