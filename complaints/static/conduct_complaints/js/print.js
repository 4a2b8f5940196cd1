/* The button "Print": nothing inline, so that a strict policy holds. */
document.addEventListener('click', (event) => {
  if (event.target.closest('[data-print]')) window.print();
});
