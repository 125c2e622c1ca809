// The search for a number of the fee schedule asks at each key stroke; without this file its button does.
"use strict";
document.querySelectorAll("form[data-fees]").forEach((form) => {
  const field = form.querySelector("input[name=q]");
  const results = document.getElementById(form.dataset.fees);
  const told = form.querySelector("[data-fees-told]");
  let asked = null;

  const show = async () => {
    if (asked) asked.abort(); // an answer that comes late never covers a newer one
    asked = new AbortController();
    const wanted = new URLSearchParams(new FormData(form));
    wanted.set("part", "1");
    try {
      const answer = await fetch(`${form.action}?${wanted}`, { signal: asked.signal, headers: { Accept: "text/html" } });
      if (!answer.ok || answer.redirected) return; // signed out, or busy: the button tells why
      results.innerHTML = await answer.text();
      const words = results.querySelector("[data-told]");
      told.textContent = words ? words.dataset.told : "";
    } catch (error) {
      if (error.name !== "AbortError") results.textContent = "";
    }
  };

  field.addEventListener("input", show);
  field.addEventListener("focus", () => { if (!results.childElementCount) show(); });

  // Arrow down goes from the field to the first row, then from row to row; up comes back.
  form.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const rows = [field, ...results.querySelectorAll("tbody a")];
    const next = rows[rows.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1)];
    if (!rows.includes(document.activeElement) || !next) return;
    event.preventDefault();
    next.focus();
  });
});
