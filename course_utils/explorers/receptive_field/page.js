// ReceptiveFieldExplorer: a unit's field, traced layer by layer, over a real picture.
// Python computes (state.py); this file draws, and takes the pointer and the keys.
import {
  button,
  chooser,
  clamp,
  el,
  moved,
  octets,
  openView,
  say,
  segments,
  stepper,
  svg,
} from "../shared/view.js";

// RGBA of a photograph under the heat: grey, orange where the unit is moved, dim outside the box.
export function blend(photo, heat, side, [top, bottom, left, right], out) {
  for (let n = 0, row = 0; row < side; row += 1) {
    const inRow = row >= top && row <= bottom;
    for (let column = 0; column < side; column += 1, n += 1) {
      const inside = inRow && column >= left && column <= right;
      const [r, g, b] = [photo[3 * n], photo[3 * n + 1], photo[3 * n + 2]];
      const at = 4 * n;
      out[at + 3] = 255;
      if (!heat.length) {
        const share = inside ? 1 : 0.45;
        out[at] = r * share + 128 * (1 - share);
        out[at + 1] = g * share + 128 * (1 - share);
        out[at + 2] = b * share + 128 * (1 - share);
        continue;
      }
      const grey = ((r + g + b) / 3) * (inside ? 0.75 : 0.45) + (inside ? 64 : 70);
      const share = 0.85 * (heat[n] / 255);
      out[at] = grey + share * (240 - grey);
      out[at + 1] = grey + share * (122 - grey);
      out[at + 2] = grey + share * (28 - grey);
    }
  }
  return out;
}

// Room around the picture: what the middle unit of a map needs, and 15 % of the side where the
// units at the rim need it.
export function marginOf([size, jump, offset], count, side) {
  const beyond = (at) => Math.max(0, -(offset + at * jump), offset + at * jump + size - side);
  const rim = Math.max(beyond(0), beyond(count - 1));
  return Math.round(Math.max(beyond(Math.floor(count / 2)), Math.min(rim, 0.15 * side)));
}

// The unit whose field has its middle nearest to a pixel.
export function unitAt([size, jump, offset], count, row, column) {
  return [row, column].map((at) =>
    clamp(Math.round((at - offset - (size - 1) / 2) / jump), 0, count - 1),
  );
}

// Units of a window: "rows 3 to 5, columns 2 to 4: 3 × 3 units"; what lies in the padding is said.
export function windowWords([top, bottom, left, right], count, things) {
  const size = `${bottom - top + 1} × ${right - left + 1} ${things}`;
  const outside = top < 0 || left < 0 || bottom >= count || right >= count;
  const words = `rows ${top} to ${bottom}, columns ${left} to ${right}: ${size}${outside ? ", partly in the padding" : ""}`;
  return words.replaceAll("-", "−");
}

const PARTS = ["kernel", "stride", "padding", "dilation"];
const SMALL = 40; // CSS pixels of a map in the strip

function render({ model, el: host }) {
  const view = openView({
    model,
    el: host,
    name: "cx-field-explorer",
    label: "Receptive field explorer",
  });
  const { root, change } = view;
  let facts = model.get("facts");

  // Controls ---------------------------------------------------------------------------------
  const network = chooser(view, "network", (name) => change({ network: name }));
  const picture = chooser(view, "picture", (name) => change({ picture: name }));
  const layer = stepper(view, "layer", (n) => change({ layer: n }));
  const effective = segments(
    view,
    "effective field",
    [
      ["average", "average"],
      ["sample", "one network"],
      ["none", "off"],
    ],
    (name) => change({ effective: name }),
  );
  const again = button(view, "Another network", "Draw the weights of the one network anew", () => {
    change({ seed: (model.get("seed") + 1) % (facts.last_seed + 1) });
  });
  const side = stepper(view, "side of the picture", (n) => change({ side: n }));

  // The picture ------------------------------------------------------------------------------
  const canvas = el("canvas", { class: "cx-rf-canvas", "aria-hidden": "true" });
  const over = svg("svg", { class: "cx-rf-over", "aria-hidden": "true" });
  const box = svg("rect", { class: "cx-rf-box" });
  const centre = svg("rect", { class: "cx-rf-centre" });
  const hint = svg("rect", { class: "cx-rf-hint" });
  over.append(hint, centre, box);
  const frame = el(
    "div",
    {
      class: "cx-rf-frame",
      tabindex: "0",
      role: "application",
      "aria-roledescription": "picture",
      "aria-label": "picture: arrow keys move the unit, page up and page down change its layer",
    },
    canvas,
    over,
  );
  const caption = el("p", { class: "cx-note" });
  const left = el("div", { class: "cx-rf-left" }, frame, caption);

  // The numbers ------------------------------------------------------------------------------
  const title = el("h3", { class: "cx-title" });
  const big = ["size", "jump", "offset"].map((name) => {
    const value = el("b", { class: "cx-rf-value" });
    return {
      node: el(
        "div",
        { class: "cx-rf-number" },
        el("span", { class: "cx-label", text: name }),
        value,
      ),
      value,
    };
  });
  const sizeLine = el("p", { class: "cx-rf-equation" });
  const firstLine = el("p", { class: "cx-rf-equation" });
  const sees = el("output", { class: "cx-rf-sees" });
  const used = el("p", { class: "cx-rf-used" });
  const strip = el("div", {
    class: "cx-rf-strip",
    role: "toolbar",
    "aria-label": "maps from the picture up: arrow keys point, enter chooses the layer",
  });
  const trace = el("output", { class: "cx-rf-trace" });
  const body = el("tbody");
  const head = (text, hintText) => el("th", { scope: "col", title: hintText, text });
  const table = el(
    "table",
    { class: "cx-rf-table" },
    el(
      "thead",
      {},
      el(
        "tr",
        {},
        head("layer", "from the picture up"),
        head("F", "kernel"),
        head("S", "stride"),
        head("P", "padding"),
        head("d", "dilation"),
        head("side", "of its map"),
        head("r", "size"),
        head("j", "jump"),
        head("f", "offset: first pixel of unit 0"),
      ),
    ),
    body,
  );
  const scroller = el(
    "div",
    { class: "cx-rf-scroll", tabindex: "0", role: "region", "aria-label": "all layers" },
    table,
  );
  const add = button(view, "Add a layer", "Add a layer of F = 3, S = 1, P = 1 on top", () =>
    change({ rows: [...facts.rows, [3, 1, 1, 1]] }),
  );
  const remove = button(view, "Remove the last", "Remove the last layer", () =>
    change({ rows: facts.rows.slice(0, -1) }),
  );
  const own = el("div", { class: "cx-row" }, add, remove);
  const right = el(
    "div",
    { class: "cx-rf-right" },
    title,
    el("div", { class: "cx-rf-numbers" }, ...big.map(({ node }) => node)),
    sizeLine,
    firstLine,
    sees,
    used,
    scroller,
    own,
  );

  root.append(
    el(
      "div",
      { class: "cx-row" },
      network.node,
      layer.node,
      picture.node,
      side.node,
      effective.node,
      again,
    ),
    view.alert,
    el("div", { class: "cx-rf-stage" }, left, right),
    strip,
    trace,
    view.live,
  );

  // Drawing ----------------------------------------------------------------------------------
  const place = (rect, x, y, width, height) => {
    for (const [name, value] of [
      ["x", x],
      ["y", y],
      ["width", width],
      ["height", height],
    ])
      rect.setAttribute(name, value);
  };
  const surround = (rect, [top, bottom, first, last]) =>
    place(rect, first, top, last - first + 1, bottom - top + 1);
  const field = () => facts.fields[facts.layer];
  const count = () => facts.maps[facts.layer][1];

  function paint() {
    const n = facts.side;
    if (canvas.width !== n) {
      canvas.width = n;
      canvas.height = n;
    }
    const context = canvas.getContext("2d");
    const image = context.createImageData(n, n);
    blend(
      octets(model.get("photo_bytes")),
      octets(model.get("heat_bytes")),
      n,
      facts.windows[0],
      image.data,
    );
    context.putImageData(image, 0, 0);
    // Room around the picture for fields that reach into the padding: the same for a whole layer.
    const margin = marginOf(field(), count(), n) + 2;
    const whole = n + 2 * margin;
    over.setAttribute("viewBox", `${-margin} ${-margin} ${whole} ${whole}`);
    const inset = `${(100 * margin) / whole}%`;
    for (const edge of ["left", "top"]) canvas.style[edge] = inset;
    for (const length of ["width", "height"]) canvas.style[length] = `${(100 * n) / whole}%`;
    surround(box, facts.windows[0]);
    const [top, bottom, first] = facts.windows[0];
    const cut = (bottom - top + 1 - facts.centre_side) / 2;
    place(centre, first + cut, top + cut, facts.centre_side, facts.centre_side);
    centre.style.display = facts.effective !== "none" && facts.centre_side ? "" : "none";
    hint.style.display = "none";
  }

  function numbers() {
    const name = facts.maps[facts.layer][0];
    say(title, `Unit (${facts.unit.join(", ")}) of ${name}, ${count()} × ${count()}`);
    field().forEach((value, n) => say(big[n].value, String(value).replace("-", "−")));
    say(sizeLine, facts.size_equation);
    say(firstLine, facts.first_equations);
    say(sees, `sees ${windowWords(facts.windows[0], facts.side, "pixels")}`);
    const size = field()[0];
    const share = Math.round(100 * (facts.centre_side / size) ** 2);
    used.hidden = facts.effective === "none";
    say(
      used,
      facts.centre_side
        ? `90 % of the squared gradient lies in the middle ${facts.centre_side} × ${facts.centre_side} (dashed): ${share} % of the field`
        : "nothing of the picture reaches it: its whole field lies in the padding",
    );
    say(
      caption,
      {
        average:
          "orange: how strongly each pixel moves the unit, on average over random weights; solid: the receptive field",
        sample: `orange: the gradient in one network of 4 channels with random weights (seed ${facts.seed}) on this picture`,
        none: "solid: the receptive field",
      }[facts.effective],
    );
  }

  let shape = "";
  let shownLayer = 0;
  let cells = [];
  function rows() {
    const editable = facts.network === "custom";
    const now = `${facts.network} ${facts.rows.length}`;
    if (now !== shape) {
      const held = scroller.contains(document.activeElement);
      shape = now;
      cells = facts.rows.map((_, n) => {
        const parts = PARTS.map((part, p) => {
          if (!editable) return { node: el("span"), set: null };
          return stepper(view, `${part} of layer ${n + 1}`, (value) => {
            const changed = facts.rows.map((row) => [...row]);
            changed[n][p] = value;
            change({ rows: changed });
          });
        });
        const rest = ["side", "r", "j", "f"].map(() => el("td"));
        const name = el("th", { scope: "row" });
        return {
          parts,
          rest,
          name,
          node: el("tr", {}, name, ...parts.map((part) => el("td", {}, part.node)), ...rest),
        };
      });
      body.replaceChildren(...cells.map(({ node }) => node));
      if (held) scroller.focus();
    }
    cells.forEach(({ parts, rest, name, node }, n) => {
      say(name, facts.maps[n + 1][0]);
      node.classList.toggle("cx-rf-chosen", n + 1 === facts.layer);
      parts.forEach((part, p) => {
        if (part.set) part.set(facts.rows[n][p], facts.choices.rows[n][p]);
        else say(part.node, String(facts.rows[n][p]));
      });
      [facts.maps[n + 1][1], ...facts.fields[n + 1]].forEach((value, k) =>
        say(rest[k], String(value).replace("-", "−")),
      );
    });
    if (facts.layer !== shownLayer) {
      // the row of the chosen layer stays in sight
      shownLayer = facts.layer;
      const { offsetTop, offsetHeight } = cells[facts.layer - 1].node;
      scroller.scrollTop = offsetTop - (scroller.clientHeight - offsetHeight) / 2;
    }
    own.hidden = !editable;
    add.disabled = facts.rows.length >= facts.most_rows;
    remove.disabled = facts.rows.length <= 1;
  }

  let tiles = [];
  let home = 0;
  function maps() {
    if (tiles.length !== facts.maps.length) {
      const held = strip.contains(document.activeElement);
      tiles = facts.maps.map((_, n) => {
        const seen = svg("rect", { class: "cx-rf-seen" });
        const small = svg(
          "svg",
          { width: SMALL, height: SMALL, "aria-hidden": "true" },
          svg("rect", { class: "cx-rf-map", x: 0.5, y: 0.5, width: SMALL - 1, height: SMALL - 1 }),
          seen,
        );
        const name = el("span", { class: "cx-rf-name" });
        const size = el("span", { class: "cx-rf-side" });
        const node = el(
          "button",
          { type: "button", class: "cx-rf-tile", tabindex: "-1" },
          small,
          name,
          size,
        );
        view.listen(node, "click", () => (n ? change({ layer: n }) : point(0)));
        view.listen(node, "pointerenter", () => follow(n));
        view.listen(node, "focus", () => point(n));
        return { node, seen, name, size };
      });
      strip.replaceChildren(...tiles.map(({ node }) => node));
      home = clamp(home, 0, tiles.length - 1);
      tiles[home].node.tabIndex = 0;
      if (held) tiles[home].node.focus();
    }
    tiles.forEach(({ node, seen, name, size }, n) => {
      const [word, many] = facts.maps[n];
      say(name, word);
      say(size, `${many}²`);
      node.setAttribute("aria-label", `${word}, ${many} × ${many}`);
      node.setAttribute("aria-pressed", String(n === facts.layer));
      node.classList.toggle("cx-rf-above", n > facts.layer);
      seen.style.display = n > facts.layer ? "none" : "";
      if (n > facts.layer) return;
      const scale = (SMALL - 1) / many;
      const [top, bottom, first, last] = facts.windows[n].map((at) => clamp(at, 0, many - 1));
      place(
        seen,
        0.5 + first * scale,
        0.5 + top * scale,
        Math.max((last - first + 1) * scale, 2),
        Math.max((bottom - top + 1) * scale, 2),
      );
    });
  }

  // Which map is pointed at; nothing here asks Python.
  function show(n) {
    const at = clamp(n, 0, facts.layer);
    const [name, many] = facts.maps[at];
    say(
      trace,
      at === facts.layer
        ? `${name}: the unit itself`
        : `${at ? "by way of" : "of the"} ${name}, ${many} × ${many}: ${windowWords(facts.windows[at], many, at ? "units" : "pixels")}`,
    );
    tiles.forEach(({ node }, k) => node.classList.toggle("cx-rf-pointed", k === at));
    root.dataset.traced = String(at);
  }
  function follow(n) {
    if (n <= facts.layer) show(n);
  }
  function point(n) {
    tiles[home].node.tabIndex = -1;
    home = n;
    tiles[home].node.tabIndex = 0;
    if (n > facts.layer) return;
    show(n);
    if (model.get("traced") !== n) change({ traced: n });
  }

  view.draw(() => {
    facts = model.get("facts");
    network.set(
      facts.networks.map((name) => [name, name === "custom" ? "layers of your own" : name]),
      facts.network,
    );
    picture.set(
      facts.pictures.map((name) => [name, name]),
      facts.picture,
    );
    layer.set(
      model.get("layer"),
      facts.rows.map((_, n) => n + 1),
    );
    side.set(facts.side, facts.choices.side);
    effective.set(facts.effective);
    again.hidden = facts.effective !== "sample";
    paint();
    numbers();
    rows();
    maps();
    show(model.get("traced"));
    root.dataset.at = facts.unit.join(",");
  });
  view.on("change:traced", () => show(model.get("traced")));

  // It was drawn before it had a place in the page: now the chosen row can be scrolled to.
  const measure = new ResizeObserver(() => {
    if (!scroller.clientHeight) return;
    measure.disconnect();
    shownLayer = 0;
    rows();
  });
  measure.observe(scroller);
  view.atEnd.push(() => measure.disconnect());

  // Pointer and keys -------------------------------------------------------------------------
  const unitUnder = (event) => {
    const area = canvas.getBoundingClientRect();
    const scale = facts.side / area.width;
    return unitAt(
      field(),
      count(),
      (event.clientY - area.top) * scale - 0.5,
      (event.clientX - area.left) * scale - 0.5,
    );
  };
  const look = (unit) => {
    change({ unit });
    const name = facts.maps[facts.layer][0];
    const [size, jump, offset] = field();
    const rowsSeen = `rows ${offset + unit[0] * jump} to ${offset + unit[0] * jump + size - 1}`;
    view.announce(
      `unit ${unit.join(", ")} of ${name} sees ${rowsSeen}, columns ${offset + unit[1] * jump} to ${offset + unit[1] * jump + size - 1}`,
    );
  };
  view.listen(frame, "pointermove", (event) => {
    const [size, jump, offset] = field();
    const [i, j] = unitUnder(event);
    place(hint, offset + j * jump, offset + i * jump, size, size);
    hint.style.display = "";
    root.dataset.hint = `${i},${j}`;
  });
  view.listen(frame, "pointerleave", () => {
    hint.style.display = "none";
  });
  view.listen(frame, "click", (event) => look(unitUnder(event)));
  view.listen(frame, "keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "PageUp" || event.key === "PageDown") {
      event.preventDefault();
      const to = clamp(
        model.get("layer") + (event.key === "PageUp" ? 1 : -1),
        1,
        facts.rows.length,
      );
      if (to !== model.get("layer")) change({ layer: to });
      return;
    }
    const to = moved(event.key, model.get("unit"), [count(), count()], event.shiftKey);
    if (!to) return;
    event.preventDefault();
    look(to);
  });
  view.listen(strip, "keydown", (event) => {
    const to = {
      ArrowLeft: home - 1,
      ArrowUp: home - 1,
      ArrowRight: home + 1,
      ArrowDown: home + 1,
      Home: 0,
      End: tiles.length - 1,
    }[event.key];
    if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    tiles[clamp(to, 0, tiles.length - 1)].node.focus();
  });
  view.listen(strip, "pointerleave", () => show(model.get("traced")));
  return view.close;
}

export default { render };
