package dev.axiomml.interop.pytorch.aten.assembly;

import dev.axiomml.interop.pytorch.aten.AtenCall;
import dev.axiomml.interop.pytorch.aten.AtenItem;

/** How one name looks at another's memory. */
interface MemoryView {
  /** The very same. */
  MemoryView SAME =
      new MemoryView() {
        @Override
        public AtenItem of(AtenItem whole) {
          return whole;
        }

        @Override
        public AtenItem into(AtenItem whole, AtenItem part, AtenCall by) {
          return part;
        }
      };

  /** What it sees of a whole. */
  AtenItem of(AtenItem whole);

  /** The whole with what it sees replaced. */
  AtenItem into(AtenItem whole, AtenItem part, AtenCall by);

  /** One element of a list. */
  record Element(int index) implements MemoryView {
    @Override
    public AtenItem of(AtenItem whole) {
      return ((AtenItem.Many) whole).items().get(index);
    }

    @Override
    public AtenItem into(AtenItem whole, AtenItem part, AtenCall by) {
      java.util.List<AtenItem> items = new java.util.ArrayList<>(((AtenItem.Many) whole).items());
      items.set(index, part);
      return new AtenItem.Many(items);
    }
  }
}
