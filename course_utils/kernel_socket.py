"""A kernel's web socket that sends each message at once.

A redraw of an explorer is several small messages. By default the operating system holds the
second one back until the page has acknowledged the first, which browsers do up to 40 ms later
(Nagle's algorithm meets delayed acknowledgement). That is longer than all the rest of the way
from a key press to the new pixels.

``make lab`` names this class in ``ServerApp.kernel_websocket_connection_class``.
"""

from __future__ import annotations

from typing import Any

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection


class PromptConnection(ZMQChannelsWebsocketConnection):
    """Jupyter Server's own connection, without waiting to fill packets."""

    def connect(self) -> Any:
        """Connect the page to its kernel, and send without delay from then on."""
        self.websocket_handler.set_nodelay(True)
        return super().connect()
