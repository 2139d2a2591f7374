// Plays CloudFront on this machine, so that the Lambda@Edge function can be opened in a browser.
import { createServer } from "node:http";
import { type CloudFrontEvent, handler } from "./lambda.js";

createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const url = new URL(request.url ?? "/", "http://localhost");
  const headers: CloudFrontEvent["Records"][0]["cf"]["request"]["headers"] = {};
  for (const [name, value] of Object.entries(request.headers)) {
    headers[name] = [value ?? []].flat().map((each) => ({ key: name, value: each }));
  }
  const answer = await handler({
    Records: [
      {
        cf: {
          request: {
            method: request.method ?? "GET",
            uri: url.pathname,
            querystring: url.search.slice(1),
            headers,
            body: { data: Buffer.concat(chunks).toString("base64"), encoding: "base64" },
          },
        },
      },
    ],
  });
  response.statusCode = Number(answer.status);
  for (const [name, values] of Object.entries(answer.headers)) {
    response.setHeader(name, values.map(({ value }) => value));
  }
  response.end(answer.body);
}).listen(Number(process.env.PORT ?? 8787), "127.0.0.1");
