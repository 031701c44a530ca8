// Pasting into a Markdown field: links, lists, headings and emphasis of what was copied become Markdown, all else of
// its dress is dropped. Only where the copied passage has such things; plain words are pasted by the browser itself.
"use strict";
{
  const SIGNS = /[\\`*_[\]<>]/g;
  const STRUCTURE = "a[href], li, h1, h2, h3, h4, h5, h6, blockquote, [class^=MsoListParagraph]";
  const NOTHING = new Set(["SCRIPT", "STYLE", "HEAD", "TITLE", "META", "LINK", "TEMPLATE", "IMG", "SVG", "BUTTON", "INPUT"]);
  const BLOCKS = new Set(["P", "DIV", "SECTION", "ARTICLE", "TABLE", "TR", "UL", "OL", "DL", "DT", "DD", "FIGURE", "HEADER", "FOOTER", "MAIN", "PRE"]);
  const says = document.getElementById("desk-says");

  const around = (mark, text) => {
    const inner = text.trim();
    if (!inner) return text;
    const [before, after] = [text.match(/^\s*/)[0], text.match(/\s*$/)[0]];
    return `${before}${mark}${inner}${mark}${after}`;
  };

  const dressed = (node, property) =>
    node.dataset.dress?.match(new RegExp(`(?:^|;)\\s*${property}\\s*:\\s*([\\w-]+)`, "i"))?.[1].toLowerCase();
  const isBold = (node) => {
    const weight = dressed(node, "font-weight"); // Google wraps everything in <b> of normal weight
    return weight ? weight === "bold" || Number(weight) >= 600 : node.nodeName === "B" || node.nodeName === "STRONG";
  };
  const isItalic = (node) => (dressed(node, "font-style") ?? (/^(EM|I)$/.test(node.nodeName) && "italic")) === "italic";

  const isMarked = (page) =>
    page.querySelector(STRUCTURE) ||
    [...page.querySelectorAll("b, strong, i, em, [data-dress]")].some((node) => isBold(node) || isItalic(node));

  const inside = (node) => [...node.childNodes].map(written).join("");

  const emphasized = (node, text) => {
    if (!text.trim() || text.includes("\n\n")) return text;
    const slanted = isItalic(node) && !node.parentElement?.closest("em, i") ? around("*", text) : text;
    return isBold(node) && !node.parentElement?.closest("strong") ? around("**", slanted) : slanted;
  };

  const link = (node, text) => {
    const address = node.getAttribute("href").trim();
    const words = text.trim().replace(/\s*\n\s*/g, " ");
    if (!/^(https?:|mailto:)/i.test(address) || !words) return text;
    return `[${words}](${address.replace(/[\s()<>]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)})`;
  };

  const items = (list) =>
    [...list.children].map((item, index) => {
      const start = list.nodeName === "OL" ? `${index + 1}. ` : "- ";
      return start + inside(item).trim().replace(/\n+/g, `\n${" ".repeat(start.length)}`);
    });

  // Word writes its lists as paragraphs with a typed bullet.
  const wordItem = (node) => {
    const text = inside(node).trim();
    return /^\d+[.)]/.test(text) ? text.replace(/^(\d+)[.)]\s*/, "$1. ") : `- ${text.replace(/^(\\?[-–·•o§])\s*/, "")}`;
  };

  function written(node) {
    if (node.nodeType === Node.TEXT_NODE) return node.data.replace(/[ \t\r\n]+/g, " ").replace(SIGNS, "\\$&");
    if (node.nodeType !== Node.ELEMENT_NODE || NOTHING.has(node.nodeName.toUpperCase())) return "";
    const name = node.nodeName;
    if (name === "BR") return "\n";
    if (name === "UL" || name === "OL") return `\n\n${items(node).join("\n")}\n\n`;
    if (/^MsoListParagraph/.test(node.className)) return `\n${wordItem(node)}\n`;
    if (/^H[1-6]$/.test(name)) return `\n\n### ${inside(node).trim().replace(/\s+/g, " ")}\n\n`;
    if (name === "BLOCKQUOTE") return `\n\n${inside(node).trim().replace(/^/gm, "> ")}\n\n`;
    if (name === "A" && node.hasAttribute("href")) return link(node, inside(node));
    if (name === "TD" || name === "TH") return `${inside(node).trim()} `;
    if (BLOCKS.has(name)) return `\n\n${inside(node).trim()}\n\n`;
    return emphasized(node, inside(node));
  }

  const tidied = (text) =>
    text
      .replace(/[ \t]+$/gm, "")
      .replace(/^[ \t](?! )/gm, "")
      .replace(/^((?:-|\d+\.) .*)\n\n(?=(?:-|\d+\.) )/gm, "$1\n")
      .replace(/\n{3,}/g, "\n\n")
      .trim();

  // A page of which nothing runs or loads. Its dress is renamed first: the policy of the desk would complain of it.
  const undressed = (html) => {
    const quiet = html.replace(/<style[^]*?<\/style>/gi, "").replace(/<[^>]*>/g, (tag) =>
      tag.replace(/(\s)style(\s*=)/gi, "$1data-dress$2").replace(/(\s)on(\w+\s*=)/gi, "$1data-on$2"),
    );
    return new DOMParser().parseFromString(quiet, "text/html").body;
  };

  const paste = (event) => {
    const field = event.target;
    const html = field.matches?.("[data-format=markdown]") && event.clipboardData?.getData("text/html");
    if (!html) return;
    const page = undressed(html);
    if (!isMarked(page)) return;
    const text = tidied(written(page));
    if (!text) return;
    event.preventDefault();
    // The old command, because it alone can be undone with the keyboard.
    if (!document.execCommand("insertText", false, text)) {
      field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    if (says) says.textContent = says.dataset.pasted;
  };

  document.addEventListener("paste", paste);
}
