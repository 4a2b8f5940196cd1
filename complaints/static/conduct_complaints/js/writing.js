/* Puts a chosen template into the text at once, and asks first where something stands there already.
   Without it, the button "Use it" does the same on the server. */
(() => {
  'use strict';

  const put = (field, words) => {
    if (!field || !words) return;
    const before = field.value.trimEnd();
    field.value = before ? `${before}\n\n${words}` : words;
    field.dispatchEvent(new Event('input', { bubbles: true }));
  };

  const begin = (box) => {
    const select = box.querySelector('select');
    const main = document.getElementById(box.dataset.conductBegin);
    const source = document.getElementById(box.dataset.source || '');
    const ask = box.querySelector('.conduct-begin__ask');
    const form = box.closest('form');
    const inMine = () => source && form.querySelector('[name="write_in"][value="mine"]:checked');

    const use = () => {
      const { theirs, mine } = select.selectedOptions[0].dataset;
      put(main, theirs);
      if (inMine()) put(source, mine);
      finish(main);
    };
    const finish = (focus) => {
      select.value = '';
      ask.hidden = true;
      focus.focus();
    };

    box.querySelector('.conduct-begin__use').hidden = true;
    select.addEventListener('change', () => {
      const isWritten = main.value.trim() || (inMine() && source.value.trim());
      if (!select.value) ask.hidden = true;
      else if (isWritten) ask.hidden = false;
      else use();
    });
    ask.addEventListener('click', (event) => {
      const answer = event.target.closest('[data-answer]');
      if (!answer) return;
      if (answer.dataset.answer === 'add') use();
      else finish(select);
    });
  };

  const start = () => document.querySelectorAll('[data-conduct-begin]').forEach(begin);
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', start);
  else start();
})();
