/* Lists of cases: choosing several, and keys for who works without a mouse. A Stimulus controller
   like Wagtail's own, because the results are exchanged while somebody searches or filters.
   Nothing here is needed: links, check boxes and buttons do all of it. */
(() => {
  const { app } = window.wagtail || {};
  const { Controller } = window.StimulusModule || {};
  if (!app || !Controller) return;

  const NARROW = window.matchMedia('(max-width: 50rem)');
  const SEQUENCE_MS = 1500;

  const isField = (element) =>
    Boolean(element && element.closest('input:not([type=checkbox]), textarea, select, [contenteditable=""], [contenteditable=true], [role=textbox]'));

  // What was typed has been searched for. Searched for once more as the field is left, the same rows
  // would come anew under the hands of who is choosing among them.
  const notAgain = (event) => {
    if (event.target.matches('[data-search-form] input[name=q]')) event.stopPropagation();
  };

  class ConductList extends Controller {
    static targets = ['menu', 'sheet', 'help', 'all', 'row', 'box', 'link', 'bulk', 'count', 'action'];

    static values = { keys: Boolean };

    connect() {
      this.onKey = this.onKey.bind(this);
      // Before Wagtail's own keys, which use "?" and "/" for other things.
      window.addEventListener('keydown', this.onKey, true);
      window.addEventListener('change', notAgain, true);
      if (this.hasMenuTarget && NARROW.matches) this.menuTarget.open = false;
      this.last = null;
      this.waitsForTab = 0;
    }

    disconnect() {
      window.removeEventListener('keydown', this.onKey, true);
      window.removeEventListener('change', notAgain, true);
    }

    allTargetConnected(box) {
      box.hidden = false;
    }

    helpTargetConnected(button) {
      button.hidden = false;
    }

    boxTargetConnected(box) {
      // Only one listener for a click with and without Shift: "change" does not tell them apart.
      box.addEventListener('click', (event) => this.chosen(box, event.shiftKey));
      this.count();
    }

    linkTargetConnected(link) {
      // Results were exchanged below somebody's feet: they stand on the same case again.
      if (link.href !== this.stoodOn || document.activeElement !== document.body) return;
      link.focus();
    }

    bulkTargetConnected() {
      this.count();
    }

    // Choosing

    chosen(box, isRange) {
      if (isRange && this.last && this.boxTargets.includes(this.last)) {
        const [from, to] = [this.last, box].map((one) => this.boxTargets.indexOf(one)).sort((a, b) => a - b);
        this.boxTargets.slice(from, to + 1).forEach((one) => {
          one.checked = box.checked;
        });
      }
      this.last = box;
      this.count();
    }

    choosePage(event) {
      this.boxTargets.forEach((box) => {
        box.checked = event.target.checked;
      });
      this.count();
    }

    count() {
      const chosen = this.boxTargets.filter((box) => box.checked).length;
      if (this.hasAllTarget) {
        this.allTarget.checked = chosen > 0 && chosen === this.boxTargets.length;
        this.allTarget.indeterminate = chosen > 0 && chosen < this.boxTargets.length;
      }
      if (this.hasBulkTarget) this.bulkTarget.classList.toggle('conduct-bulk--chosen', chosen > 0);
      if (this.hasCountTarget) this.countTarget.textContent = this.countTarget.dataset.words.replace('%s', chosen.toLocaleString(document.documentElement.lang));
    }

    // Keys

    onKey(event) {
      if (!this.keysValue || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      if (this.sheetTarget.open || document.querySelector('.w-dialog:not([aria-hidden])')) return;
      if (isField(event.target)) {
        if (event.key === 'Escape') event.target.blur();
        return;
      }
      if (this.act(event)) {
        event.preventDefault();
        event.stopImmediatePropagation();
      }
    }

    act(event) {
      const { key } = event;
      if (Date.now() - this.waitsForTab < SEQUENCE_MS) {
        this.waitsForTab = 0;
        return this.goTo(key);
      }
      const inRow = this.current() !== -1;
      switch (key) {
        case 'j':
          return this.move(1);
        case 'k':
          return this.move(-1);
        case 'ArrowDown':
          return inRow && this.move(1);
        case 'ArrowUp':
          return inRow && this.move(-1);
        case 'x':
          return this.toggle(false);
        case 'X':
          return this.toggle(true);
        case 'o':
          if (!inRow) return false;
          this.linkTargets[this.current()].click();
          return true;
        case 'Enter':
          // On a link it opens by itself; on the box of a row it opens the row.
          if (!this.boxTargets.includes(event.target)) return false;
          this.linkTargets[this.current()].click();
          return true;
        case 'b':
          if (!this.hasActionTarget) return false;
          this.actionTarget.focus();
          return true;
        case 'g':
          this.waitsForTab = Date.now();
          return true;
        case '/':
          return this.search();
        case '?':
          return this.showSheet();
        default:
          return false;
      }
    }

    current() {
      return this.rowTargets.findIndex((row) => row.contains(document.activeElement));
    }

    move(step) {
      const links = this.linkTargets;
      if (!links.length) return false;
      const at = this.current();
      const to = at === -1 ? (step > 0 ? 0 : links.length - 1) : Math.min(Math.max(at + step, 0), links.length - 1);
      this.element.classList.add('conduct-keyed');
      links[to].focus();
      this.stoodOn = links[to].href;
      this.rowTargets[to].scrollIntoView({ block: 'nearest' });
      return true;
    }

    toggle(isRange) {
      const at = this.current();
      if (at === -1) return false;
      const box = this.boxTargets[at];
      box.checked = !box.checked;
      this.chosen(box, isRange);
      return true;
    }

    goTo(key) {
      const tab = this.element.querySelector(`.conduct-tabs a[data-key="${CSS.escape(key)}"]`);
      if (!tab) return false;
      tab.click();
      return true;
    }

    search() {
      const field = document.querySelector('[data-search-form] input[name=q]');
      if (!field) return false;
      field.focus();
      field.select();
      return true;
    }

    showSheet() {
      this.sheetTarget.showModal();
      return true;
    }
  }

  app.register('conduct-list', ConductList);
})();
