package dev.axiomml.interop.pytorch.aten;

/** How one name looks at another's memory. */
interface View {
  /** The very same. */
  View SAME =
      new View() {
        @Override
        public Item of(Item whole) {
          return whole;
        }

        @Override
        public Item into(Item whole, Item part, Call by) {
          return part;
        }
      };

  /** What it sees of a whole. */
  Item of(Item whole);

  /** The whole with what it sees replaced. */
  Item into(Item whole, Item part, Call by);

  /** One element of a list. */
  record Element(int index) implements View {
    @Override
    public Item of(Item whole) {
      return ((Item.Many) whole).items().get(index);
    }

    @Override
    public Item into(Item whole, Item part, Call by) {
      java.util.List<Item> items = new java.util.ArrayList<>(((Item.Many) whole).items());
      items.set(index, part);
      return new Item.Many(items);
    }
  }
}
