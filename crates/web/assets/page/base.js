// What every piece uses: finding elements, making them, knowing the page.
const $ = (sel, from = document) => from.querySelector(sel);
const $$ = (sel, from = document) => [...from.querySelectorAll(sel)];
const page = () => $("#page");
const product = () => page()?.dataset.product;
let lived = null;
const element = (name, properties = {}, ...children) => { const el = Object.assign(document.createElement(name), properties); el.append(...children); return el; };
// Keys that pieces add with `shortcut`, whatever the order of the pieces.
const shortcuts = [];
