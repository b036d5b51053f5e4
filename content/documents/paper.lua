-- What a page on paper says by its style alone, said in the document's own means: lines to write on, boxes to fill, the dots
-- between what stands in one line. Read by pandoc on the way to docx and Markdown.

local function has(el, class) return el.classes and el.classes:includes(class) end

local function writing_line()
  if FORMAT == "docx" then return pandoc.Div({ pandoc.Para({ pandoc.Str("\u{a0}") }) }, { ["custom-style"] = "Writing Line" }) end
  return pandoc.HorizontalRule()
end

local function writing_lines(el)
  local count = has(el, "k-write--line") and 1 or has(el, "k-write--tall") and 10 or 4
  local lines = {}
  for _ = 1, count do table.insert(lines, writing_line()) end
  return lines
end

-- A row to write: what is asked on the left, room on the right.
local function cells(el)
  local rows = {}
  for _, cell in ipairs(el.content) do
    if cell.t == "Div" and has(cell, "k-paper-cell") then
      local blocks = {}
      for _, block in ipairs(cell.content) do
        table.insert(blocks, block.t == "Para" and pandoc.Plain(block.content) or block)
      end
      table.insert(rows, { blocks, { pandoc.Plain({ pandoc.Str("\u{a0}") }) } })
    end
  end
  local left, right = pandoc.AlignLeft, pandoc.AlignLeft
  return pandoc.utils.from_simple_table(pandoc.SimpleTable({}, { left, right }, { 0.4, 0.6 }, {}, rows))
end

local function bits_with_dots(inlines)
  local last
  for at, inline in ipairs(inlines) do
    if inline.t == "Span" and has(inline, "k-paper-bit") then
      if last then inlines[last].content:extend({ pandoc.Space(), pandoc.Str("\u{b7}") }) end
      last = at
    end
  end
  return inlines
end

-- The first heading of a docx is its title, which is a style of its own; the others begin at 1 under it.
local function with_title(doc)
  local kept = {}
  local titled = false
  for _, block in ipairs(doc.blocks) do
    if block.t == "Header" and block.level == 1 and not titled then
      doc.meta.title = pandoc.MetaInlines(block.content)
      titled = true
    else
      table.insert(kept, block)
    end
  end
  if titled then
    for at, block in ipairs(kept) do
      if block.t == "Header" then kept[at] = pandoc.Header(math.max(1, block.level - 1), block.content) end
    end
  end
  return pandoc.Pandoc(kept, doc.meta)
end

return {
  { Para = function(el) el.content = bits_with_dots(el.content) return el end,
    Plain = function(el) el.content = bits_with_dots(el.content) return el end },
  { traverse = "topdown",
    Div = function(el)
      if has(el, "k-write") then return writing_lines(el) end
      if has(el, "k-paper-cells") then return cells(el) end
    end },
  { Div = function(el) if not el.attributes["custom-style"] then return el.content end end,
    Span = function(el) return has(el, "usa-sr-only") and {} or el.content end,
    Header = function(el) el.identifier = "" el.classes = {} return el end },
  { Pandoc = function(doc) return FORMAT == "docx" and with_title(doc) or doc end },
}
