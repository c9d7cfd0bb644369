// Runs before the page is drawn: the chosen appearance must not flash. Without it the system's choice rules.
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  try {
    const theme = localStorage.getItem("n-theme");
    if (theme === "light" || theme === "dark") root.dataset.kernTheme = theme;
  } catch {
    // No storage allowed: the choice lasts for one page.
  }
})();
