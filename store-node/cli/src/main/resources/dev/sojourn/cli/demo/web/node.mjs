// Runs the shop's edge function in Node, once for each POP, where there is no edge runtime.
import { createServer } from "node:http";
import shop from "./shop.js";

const { EDGES, TOKEN } = process.env;
for (const { port, gateway } of JSON.parse(EDGES)) {
  createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const answer = await shop.fetch(
      new Request(`http://${request.headers.host}${request.url}`, {
        method: request.method,
        headers: request.headers,
        body: chunks.length ? Buffer.concat(chunks) : undefined,
      }),
      { GATEWAY: gateway, TOKEN },
    );
    response.writeHead(answer.status, [...answer.headers].flat());
    response.end(await answer.text());
  }).listen(port, "127.0.0.1");
}
