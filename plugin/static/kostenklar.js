// Small comforts at the desk; every page works without this file.
"use strict";
(() => {
  const search = document.getElementById("suche");
  const typing = (element) => element.matches("input, textarea, select, [contenteditable]");

  // "/" and Ctrl-K go to the search field; Esc leaves it again.
  if (search) {
    document.querySelectorAll(".kk-search kbd").forEach((key) => { key.hidden = false; });
    document.addEventListener("keydown", (event) => {
      const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !typing(event.target);
      const ctrlK = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey;
      if (slash || ctrlK) {
        event.preventDefault();
        search.focus();
        search.select();
      } else if (event.key === "Escape" && event.target === search) {
        search.blur();
      }
    });
  }

  // Esc takes the quiet way out of a question ("Behalten"), never out of a field somebody is typing in.
  const leave = document.querySelector("a[data-leave]");
  if (leave) {
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !typing(event.target)) leave.click();
    });
  }

  // After a refused form the focus stands on the summary of what is missing.
  const errors = document.getElementById("fehler");
  if (errors) {
    errors.focus();
    if (location.hash) window.addEventListener("load", () => errors.focus()); // the address of the last jump asks for it, too
  }

  // A second click while the first is under way sends nothing. The server would answer it with the first one's result anyway.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    window.setTimeout(() => { delete form.dataset.sent; }, 5000);
  });
  window.addEventListener("pageshow", () => {
    document.querySelectorAll("form[data-sent]").forEach((form) => { delete form.dataset.sent; });
  });

  // "Noch nicht gespeichert" stands beside the button as soon as something was typed.
  document.addEventListener("input", (event) => {
    const hint = event.target.form && event.target.form.querySelector("[data-unsaved]");
    if (hint) hint.hidden = false;
  });
})();
