"""A kernel's web socket that sends every message at once.

When an explorer is redrawn, several small messages are sent. By default the operating system holds
back the second until the page has acknowledged the first, which a browser may do as much as 40 ms
later (Nagle's algorithm meets delayed acknowledgement). That is longer than everything else between
a key press and the new pixels.

``make lab`` names this class in ``ServerApp.kernel_websocket_connection_class``.
"""

from __future__ import annotations

from typing import Any

from course_utils.distribution import from_extra

with from_extra("lab"):
    from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection


class PromptConnection(ZMQChannelsWebsocketConnection):
    """Jupyter Server's own connection, which no longer waits for a packet to fill."""

    def connect(self) -> Any:
        """Connect the page to its kernel, and send without delay from then on."""
        self.websocket_handler.set_nodelay(True)
        return super().connect()
