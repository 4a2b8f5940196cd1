/* A look at a reply template that follows what is typed. Without it, the look shows what was saved. */
(() => {
  'use strict';

  const show = (example, body) => {
    example.textContent = body.value.replace(/\{([^{}\n]*)\}/g, (whole, name) => {
      const key = `value${name.trim().replace(/^./, (first) => first.toUpperCase())}`;
      return example.dataset[key] || whole;
    });
  };

  const follow = (example) => {
    const body = document.getElementById(example.dataset.conductExample);
    if (body) body.addEventListener('input', () => show(example, body));
  };

  const start = () => document.querySelectorAll('[data-conduct-example]').forEach(follow);
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', start);
  else start();
})();
