// Small courtesies.  Every page works without this file.
(() => {
  const say = (id) => {
    const words = document.getElementById(id);
    const place = document.getElementById("messages");
    if (words && place) place.replaceChildren(words.content.cloneNode(true));
  };
  // htmx got no usable answer: say so where messages are shown, instead of doing nothing.
  document.addEventListener("htmx:sendError", () => say("message-no-contact"));
  document.addEventListener("htmx:timeout", () => say("message-no-contact"));
  document.addEventListener("htmx:responseError", (event) => {
    say(event.detail.xhr.status === 401 ? "message-signed-out" : "message-went-wrong");
  });
  // Signed in again beside this page: the sentence about it goes away by itself, …
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.successful) document.getElementById("signed-out")?.remove();
  });
  // … and what is sent from here carries the token of the new session.
  document.addEventListener("htmx:configRequest", (event) => {
    const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1];
    if (!token) return;
    event.detail.headers["x-csrftoken"] = token;
    if (event.detail.parameters.has?.("csrfmiddlewaretoken"))
      event.detail.parameters.set("csrfmiddlewaretoken", token);
  });

  // Of tabs that can be swiped the open one is in sight.
  document
    .querySelector(".tabs [aria-current]")
    ?.scrollIntoView({ block: "nearest", inline: "center" });

  // A menu closes when one presses Escape or looks elsewhere.
  const menus = () => document.querySelectorAll("details[data-menu][open]");
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of menus()) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
  document.addEventListener("click", (event) => {
    for (const menu of menus()) if (!menu.contains(event.target)) menu.open = false;
  });
})();
