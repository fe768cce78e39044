"""What a saved notebook keeps of an explorer: its picture and its words, not the live view.

A live view needs the kernel that drew it. JupyterLab prefers the view to the picture beside it, so
that a notebook which is opened again would show "model not found" where the picture is there to be
seen. When a notebook is saved, the view is therefore left out of the file wherever a picture stands
beside it; what the open page shows stays alive.

``make lab`` names this module in ``ContentsManager.pre_save_hook``.
"""

from __future__ import annotations

from typing import Any

_VIEW = "application/vnd.jupyter.widget-view+json"


def keep_pictures(model: dict[str, Any], **_: Any) -> None:
    """
    Take live views out of what is about to be saved, where a picture stands beside them.

    Parameters
    ----------
    model : dict
        What Jupyter's contents manager is about to save; a notebook's outputs are changed in place.
    **_
        What else Jupyter gives to its hook, the path and the manager.
    """
    if model.get("type") != "notebook" or not model.get("content"):
        return
    for cell in model["content"].get("cells", []):
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if "image/png" in data:
                data.pop(_VIEW, None)
