// What is drawn here, on its way to Python.
import { freshId } from "../shared/elements.js";
import { bytesOf } from "./brush.js";

export function sending(view, ink) {
  const own = freshId("view");
  let sent = 0;
  let owed = false; // drawn here, and not sent yet
  const send = () => {
    owed = false;
    sent += 1;
    view.change({ drawn: new DataView(bytesOf(ink()).buffer), stroke: `${own}/${sent}` });
  };
  // Once for all the steps that an event brings.
  const post = () => {
    if (!owed) queueMicrotask(send);
    owed = true;
  };
  // Whether an answer brings another drawing than this page's own, which may be ahead of it.
  const isForeign = (stroke) => !owed && !stroke.startsWith(`${own}/`);
  return { post, isForeign };
}
