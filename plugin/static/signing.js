// The desk's page of a paper on the tablet asks by itself where it stands; without this file "Stand neu laden" does.
"use strict";
(() => {
  const card = document.querySelector("[data-watch]");
  if (!card) return;
  const ask = async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch(card.dataset.watch, { headers: { Accept: "application/json" }, cache: "no-store" });
      const told = answer.ok ? await answer.json() : null;
      const same = told && told.stands === card.dataset.stands && told.asked === (card.dataset.asked === "yes");
      if (!same) location.reload();
    } catch { /* the network is away for a moment: ask again */ }
  };
  window.setInterval(ask, 3000);
})();
