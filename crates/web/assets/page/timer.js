// A clock that runs down: what is left of a stand-up. Without script the time at which it began stands there.
setInterval(() => {
  for (const clock of $$("[data-until]")) {
    const place = $("span", clock);
    if (!place || !clock.matches("[role=timer]")) continue;
    const left = Math.round((Number(clock.dataset.until) - Date.now()) / 1000), over = left < 0, seconds = Math.abs(left);
    clock.title ||= place.textContent;
    const told = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")} ${over ? "over time" : "left"}`;
    if (place.textContent !== told) place.textContent = told;
    clock.classList.toggle("over", over);
  }
}, 1000);
