// What the theme leaves out for keyboards and screen readers.
document.addEventListener("DOMContentLoaded", () => {
  for (const caption of document.querySelectorAll('.caption[role="heading"]')) {
    caption.ariaLevel = 2;
  }
  for (const block of document.querySelectorAll("pre, .table-wrapper")) {
    block.tabIndex = 0; // It scrolls if it is wider than the window.
  }
  document.querySelector(".sidebar-drawer")?.setAttribute("aria-label", "Site");
});
