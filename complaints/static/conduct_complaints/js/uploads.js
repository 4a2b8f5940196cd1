/* Sends chosen files while somebody still types. What can't be sent now goes along with the form, so
   nothing is lost without this file or without a connection. */
"use strict";

(() => {
  if (window.conductUploads || !window.DataTransfer) return;
  window.conductUploads = true;

  const token = async (form) => {
    const field = form.elements.token;
    for (let tries = 0; form.dataset.tokenUrl && !field.value; tries += 1) {
      if (tries > 50) throw Error();
      form.dispatchEvent(new Event("focusin")); // form.js fetches it.
      await new Promise((done) => setTimeout(done, 200));
    }
    return field?.value || "";
  };

  const post = async (input, values, request = new XMLHttpRequest(), progress = {}) => {
    const body = new FormData();
    body.set("token", await token(input.form));
    Object.entries(values).forEach(([name, value]) => body.set(name, value));
    return new Promise((done, fail) => {
      request.open("POST", input.dataset.uploadUrl);
      request.upload.onprogress = ({ loaded, total }) => (progress.value = loaded / total);
      request.onerror = request.onabort = fail;
      request.onload = () =>
        [200, 422].includes(request.status) ? done(JSON.parse(request.response)) : fail();
      request.send(body);
    });
  };

  document.querySelectorAll("input[data-upload-url]").forEach((input) => {
    const { form } = input;
    const box = input.nextElementSibling;
    const [list, status] = box.children;
    const waiting = new Map(); // row: its file, as long as it is not there
    let queue = Promise.resolve();
    let request;
    let leaves;

    const say = (what, file) => (status.textContent = box.dataset[what].replace("{}", file.name));
    const add = (parent, name, properties) =>
      parent.appendChild(Object.assign(document.createElement(name), properties));

    const takeOut = async (row, file) => {
      if (waiting.delete(row) && row === request?.row) request.abort();
      const remove = row.dataset.stored;
      if (remove) {
        await post(input, { remove }).catch(() =>
          add(form, "input", { type: "hidden", name: "remove_file", value: remove }),
        );
      }
      row.remove();
      say("removed", file);
      input.focus();
    };

    const show = (file) => {
      const row = add(list, "li", { className: "cluster" });
      add(row, "bdi", { textContent: file.name });
      add(row, "progress", { value: 0, ariaLabel: file.name });
      const button = add(row, "button", { type: "button", className: "button button--quiet" });
      button.textContent = box.dataset.remove;
      button.ariaLabel = box.dataset.removeOne.replace("{}", file.name);
      button.onclick = () => {
        button.disabled = true;
        takeOut(row, file);
      };
      waiting.set(row, file);
      return row;
    };

    const send = async (row, file) => {
      if (leaves || !waiting.has(row)) return;
      say("sending", file);
      request = Object.assign(new XMLHttpRequest(), { row });
      const progress = row.querySelector("progress");
      let answer = {};
      try {
        answer = await post(input, { name: input.name, file }, request, progress);
        waiting.delete(row);
      } catch {
        if (!waiting.has(row)) return;
      }
      const { stored = "", reason = "" } = answer;
      row.dataset.stored = stored;
      say(stored ? "attached" : reason ? "refused" : "later", file);
      status.append(` ${reason}`);
      progress.replaceWith(status.textContent.replace(file.name, ""));
    };

    input.addEventListener("change", () => {
      const rows = [...input.files].map((file) => [show(file), file]);
      input.value = "";
      rows.forEach((row) => (queue = queue.then(() => send(...row))));
    });

    form.addEventListener("submit", () => {
      const files = new DataTransfer();
      waiting.forEach((file) => files.items.add(file));
      input.files = files.files;
      leaves = true;
      request?.abort();
    });

    // Back from the confirmation: what is in the list was sent.
    window.addEventListener("pageshow", ({ persisted }) => {
      if (!persisted) return;
      leaves = false;
      waiting.clear();
      list.replaceChildren();
    });
  });
})();
