// A picture file of one's own, decoded by the browser.
import { button } from "../shared/controls.js";
import { el } from "../shared/elements.js";

const MOST = 96; // pixels a side

export function pictureFile(view) {
  const input = el("input", {
    type: "file",
    accept: "image/*",
    class: "cx-hidden",
    tabindex: "-1",
    "aria-label": "picture file",
  });
  const open = button(view, "Open…", "Open a picture of your own", () => input.click());
  view.listen(input, "change", async () => {
    const [file] = input.files;
    input.value = "";
    if (!file) return;
    try {
      const { grey, size } = await greyOf(file);
      view.change({ upload: new DataView(grey.buffer), upload_size: size, picture: file.name });
    } catch {
      view.complain(`“${file.name}” is not a picture that this browser can read`);
    }
  });
  return { nodes: [open, input] };
}

// The picture as grey bytes, made smaller where it is too large; white shows through it.
async function greyOf(file) {
  const bitmap = await createImageBitmap(file);
  const shrink = Math.min(1, MOST / Math.max(bitmap.width, bitmap.height));
  const [width, height] = [bitmap.width, bitmap.height].map((n) =>
    Math.max(1, Math.round(n * shrink)),
  );
  const context = el("canvas", { width, height }).getContext("2d");
  context.imageSmoothingQuality = "high";
  context.fillStyle = "#fff";
  context.fillRect(0, 0, width, height);
  context.drawImage(bitmap, 0, 0, width, height);
  const { data } = context.getImageData(0, 0, width, height);
  return { grey: greyBytes(data), size: [height, width] };
}

export function greyBytes(rgba) {
  const grey = new Uint8Array(rgba.length / 4);
  for (let n = 0; n < grey.length; n += 1) {
    grey[n] = Math.round(0.299 * rgba[4 * n] + 0.587 * rgba[4 * n + 1] + 0.114 * rgba[4 * n + 2]);
  }
  return grey;
}
