// What a program does with the generated types and openapi-fetch: list, read, change with the ETag, meet a conflict,
// propose. It is compiled first, so every field named here is in the description.
import createClient from "openapi-fetch";
import type { components, paths } from "./tandem.js";

declare const process: { argv: string[]; exit(code: number): never };
const [base, owner, manager] = process.argv.slice(2);
const client = (token: string) => createClient<paths>({ baseUrl: base, headers: { Authorization: `Bearer ${token}` } });
const tomas = client(owner), mara = client(manager);
const must = (holds: boolean, what: unknown) => { if (!holds) { console.error(JSON.stringify(what)); process.exit(1); } };
const orb = { product: "ORB" };

// A list, page by page, of two fields.
const titles: string[] = [];
for (let after: string | null | undefined = ""; after !== null && after !== undefined; ) {
  const page: { data?: { items: components["schemas"]["StoryInList"][]; next: string | null }; error?: unknown } = await tomas.GET("/products/{product}/stories", { params: { path: orb, query: { limit: 2, after, sort: "number", fields: "number,title" } } });
  must(!!page.data, page.error);
  for (const story of page.data?.items ?? []) titles.push(story.title ?? "");
  after = page.data?.next;
}
must(titles.length === 5, titles);

// One thing, with its version as ETag.
const read = await tomas.GET("/products/{product}/stories/{story}", { params: { path: { ...orb, story: "ORB-2" } } });
must(read.data?.title === "Story 1" && read.data.criteria[0].state === "none", read);
const tag = read.response.headers.get("etag") ?? "";

// A change against that version, and the same once more: someone else was faster.
const edit = (title: string) => tomas.PATCH("/products/{product}/stories/{story}", { params: { path: { ...orb, story: "2" }, header: { "If-Match": tag } }, body: { title } });
const changed = await edit("Changed");
must(changed.response.status === 200 && !!changed.data, changed);
const late = await edit("Late");
must(late.response.status === 409 && late.error?.version === 2, late);

// What does not fit says where.
const wrong = await edit("x".repeat(501));
must(wrong.error?.errors?.[0].field === "title", wrong);

// The Manager does not decide on the backlog, so this waits for the Owner.
const waits = await mara.PUT("/products/{product}/stories/{story}/rank", { params: { path: { ...orb, story: "2" } }, body: { to: "bottom" } });
must(waits.response.status === 202 && !!waits.data && "proposal" in waits.data && waits.data.asked[0] === "owner", waits);

console.log("TypeScript: listed, read, changed, met a conflict, proposed.");
