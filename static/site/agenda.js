// Dragging the places of an agenda.  Without this file the buttons beside each do the same.
(() => {
  let moving = null;
  let from = 0;

  const shift = (y) => {
    moving.style.transform = "";
    const home = moving.getBoundingClientRect();
    moving.style.transform = `translateY(${y - home.top - from}px)`;
  };

  document.addEventListener("pointerdown", (event) => {
    const place = event.target.closest(".agenda[data-movable] .agenda__place");
    if (!place || event.button !== 0) return;
    event.preventDefault();
    moving = place.closest("li");
    from = event.clientY - moving.getBoundingClientRect().top;
    moving.classList.add("is-moving");
    place.setPointerCapture(event.pointerId);
  });

  document.addEventListener("pointermove", (event) => {
    if (!moving) return;
    const others = [...moving.parentElement.children].filter((other) => other !== moving);
    const before = others.find((other) => {
      const box = other.getBoundingClientRect();
      return event.clientY < box.top + box.height / 2;
    });
    if (before !== moving.nextElementSibling) moving.parentElement.insertBefore(moving, before ?? null);
    shift(event.clientY);
  });

  const drop = (save) => {
    if (!moving) return;
    const form = moving.closest("form");
    moving.classList.remove("is-moving");
    moving.style.transform = "";
    moving = null;
    if (save) form.requestSubmit();
  };
  document.addEventListener("pointerup", () => drop(true));
  document.addEventListener("pointercancel", () => drop(true));
})();
