// The signature fields of the tablet: pointer strokes as [x, y, milliseconds] in units of a field 1200 wide and 400 high.
"use strict";
(() => {
  const WIDTH = 1200, HEIGHT = 400, MOST_POINTS = 4500, MOST_STROKES = 180, NEAR = 3;

  const pad = (box) => {
    const field = document.getElementById(box.dataset.sign);
    const canvas = box.querySelector("canvas");
    const pen = canvas.getContext("2d");
    let strokes = [], current = null, began = 0, points = 0;

    const redraw = () => {
      const ratio = window.devicePixelRatio || 1, seen = canvas.getBoundingClientRect();
      canvas.width = Math.round(seen.width * ratio);
      canvas.height = Math.round(seen.height * ratio);
      pen.setTransform(canvas.width / WIDTH, 0, 0, canvas.height / HEIGHT, 0, 0);
      pen.lineWidth = 7; pen.lineCap = pen.lineJoin = "round";
      pen.strokeStyle = getComputedStyle(canvas).color;
      for (const stroke of strokes) {
        pen.beginPath();
        pen.moveTo(stroke[0][0], stroke[0][1]);
        for (const [x, y] of stroke.length > 1 ? stroke.slice(1) : stroke) pen.lineTo(x, y);
        pen.stroke();
      }
    };
    const keep = () => { field.value = strokes.length ? JSON.stringify(strokes) : ""; };
    const within = (value, most) => Math.max(0, Math.min(most, Math.round(value)));
    const at = (event) => {
      const seen = canvas.getBoundingClientRect();
      began = began || event.timeStamp;
      return [
        within((event.clientX - seen.left) / seen.width * WIDTH, WIDTH),
        within((event.clientY - seen.top) / seen.height * HEIGHT, HEIGHT),
        within(event.timeStamp - began, 3600000),
      ];
    };
    const add = (point) => {
      const last = current[current.length - 1];
      if (points >= MOST_POINTS || (last && Math.hypot(point[0] - last[0], point[1] - last[1]) < NEAR)) return;
      current.push(point);
      points += 1;
      pen.beginPath();
      pen.moveTo(...(last || point).slice(0, 2));
      pen.lineTo(point[0], point[1]);
      pen.stroke();
    };

    canvas.addEventListener("pointerdown", (event) => {
      if (!event.isPrimary || event.button !== 0 || strokes.length >= MOST_STROKES) return;
      event.preventDefault();
      canvas.setPointerCapture(event.pointerId);
      current = [];
      strokes.push(current);
      add(at(event));
    });
    canvas.addEventListener("pointermove", (event) => {
      if (!current || !event.isPrimary) return;
      const all = event.getCoalescedEvents ? event.getCoalescedEvents() : [];
      for (const one of all.length ? all : [event]) add(at(one));
    });
    const lift = () => {
      if (!current) return;
      strokes = strokes.filter((stroke) => stroke.length);
      current = null;
      keep();
    };
    canvas.addEventListener("pointerup", lift);
    canvas.addEventListener("pointercancel", lift);
    box.querySelector("[data-clear]").addEventListener("click", () => {
      strokes = []; points = 0; began = 0;
      keep();
      redraw();
    });

    // After a refused form the drawing is still there.
    try {
      const before = JSON.parse(field.value || "[]");
      strokes = before.filter((stroke) => Array.isArray(stroke) && stroke.length);
      points = strokes.reduce((sum, stroke) => sum + stroke.length, 0);
    } catch { field.value = ""; }
    box.hidden = false;
    redraw();
    window.addEventListener("resize", redraw);
  };

  document.querySelectorAll("[data-sign]").forEach(pad);
  document.querySelectorAll("[data-needs-pad]").forEach((button) => { button.hidden = false; });

  // One press signs once; the desk's word and the end of the time close the page by themselves.
  const form = document.getElementById("unterschrift");
  const anew = () => location.replace(form.action); // not reload(): that would send a refused form again
  history.replaceState(null, "", form.action); // nor does Back: it asks the server, which knows whether the paper is open
  form.addEventListener("submit", (event) => {
    if (event.submitter && event.submitter.matches("[data-ask]")) return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "1";
  });
  window.addEventListener("pageshow", (event) => {
    delete form.dataset.sent;
    if (event.persisted) anew();
  });
  // A question ends nothing, so what was drawn stays where it is.
  const question = form.querySelector("[data-ask]");
  question.addEventListener("click", async (event) => {
    event.preventDefault();
    try {
      const sent = new URLSearchParams([...new FormData(form)].filter(([name]) => !name.startsWith("strokes")));
      const answer = await fetch(question.formAction, { method: "POST", body: sent, redirect: "manual" });
      if (answer.ok || answer.type === "opaqueredirect") form.querySelector("[data-asked]").hidden = false;
      else anew();
    } catch { /* the network is away for a moment: the button can be pressed again */ }
  });
  window.setInterval(async () => {
    try {
      const answer = await fetch(form.dataset.watch, { cache: "no-store" });
      if (answer.status !== 204 && !form.dataset.sent) anew();
    } catch { /* the network is away for a moment: ask again */ }
  }, 4000);
})();
