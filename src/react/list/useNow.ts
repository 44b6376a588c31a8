import { useEffect, useState } from "react";

/**
 * The client's time, epoch ms, anew each second while the page is visible, and at once when it
 * becomes so: for a row that counts how long its job has been active (see `elapsedMs`).
 */
export function useNow(): number {
  const [now, setNow] = useState(Date.now);

  useEffect(() => {
    let timer: ReturnType<typeof setInterval> | undefined;
    const read = () => setNow(Date.now());

    function followVisibility(): void {
      clearInterval(timer);
      if (document.visibilityState === "hidden") return;
      read();
      timer = setInterval(read, 1_000);
    }

    followVisibility();
    document.addEventListener("visibilitychange", followVisibility);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", followVisibility);
    };
  }, []);

  return now;
}
