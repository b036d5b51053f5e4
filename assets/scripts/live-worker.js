// One event stream for all tabs of a browser: six streams would use up its connections.
import { Recent, listen, position } from "./feed.js";

const ports = new Set();
const recent = new Recent();
let source = null;

function tell(change) {
  if (!change.reload) recent.add(change);
  for (const port of ports) port.postMessage(change);
}

self.onconnect = ({ ports: [port] }) => {
  port.onmessage = ({ data }) => {
    if (data.leave) { ports.delete(port); if (!ports.size && source) { source.close(); source = null; } return; }
    ports.add(port);
    if (!source || source.readyState === EventSource.CLOSED) source = listen(data.stream, tell);
    for (const change of recent.after(position(data.stream))) port.postMessage(change);
  };
};
