// Runs before the first paint, so that a page in the chosen theme never flashes in the other one.
// A file of its own because the content security policy allows no inline script.
(() => {
  let theme = null;
  try {
    theme = localStorage.getItem('impetus.theme');
  } catch {
    // Storage is blocked: the system's theme it is.
  }
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
})();
