// The time of a part in a room: minutes are counted down where the server said until when.
import { announce } from "./announce.js";

// Minutes that are left, the begun one counted; 0: the time is up.
export const minutes_left = (milliseconds) => Math.max(0, Math.ceil(milliseconds / 60000));

export function start_room() {
  const clock = document.querySelector("[data-time-left]");
  if (!clock) return;
  const end = Date.now() + Number(clock.dataset.timeLeft);
  const place = clock.querySelector("[data-minutes-left]");
  const show = () => {
    const left = end - Date.now();
    if (left > 0) {
      place.querySelector("b").textContent = String(minutes_left(left));
      place.hidden = false;
      setTimeout(show, Math.max(200, left % 60000 + 50));
      return;
    }
    clock.textContent = clock.dataset.timeUp;
    clock.classList.add("k-room__time--up");
    announce(clock.dataset.timeUp);
  };
  show();
}
