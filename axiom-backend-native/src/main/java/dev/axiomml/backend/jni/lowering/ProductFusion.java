package dev.axiomml.backend.jni.lowering;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Joins a product with the sum and the function that follow it, where nothing else reads what lies
 * between.
 *
 * <p>Each number is rounded as it was before, so proofs hold for the fused plan.
 */
public final class ProductFusion {
  private final List<KernelCall> instructions;

  private ProductFusion(List<KernelCall> instructions) {
    this.instructions = new ArrayList<>(instructions);
  }

  public static List<KernelCall> of(List<KernelCall> instructions) {
    ProductFusion fusion = new ProductFusion(instructions);
    int at = 0;
    while (at < fusion.instructions.size()) {
      at = fusion.joinedAt(at) ? at : at + 1;
    }
    return List.copyOf(fusion.instructions);
  }

  /** Joins one product with the reader of its result, at the reader's place. */
  private boolean joinedAt(int at) {
    KernelCall product = instructions.get(at);
    if (!FusedAttributes.canEnd(product.opcode())
        || !isOpen(product)
        || !isPrivate(product.output())) {
      return false;
    }
    for (int reader = at + 1; reader < instructions.size(); reader++) {
      KernelCall next = instructions.get(reader);
      if (next.reads(product.output()) > 0) {
        Optional<KernelCall> joined = joined(product, next);
        joined.ifPresent(instructions::add);
        return joined.isPresent() && replace(at, reader);
      }
    }
    return false;
  }

  /** The joined instruction, added last, goes to the reader's place. */
  private boolean replace(int product, int reader) {
    instructions.set(reader, instructions.remove(instructions.size() - 1));
    instructions.remove(product);
    return true;
  }

  private static boolean isOpen(KernelCall product) {
    return attribute(product, 1) == 0;
  }

  /** An attribute of the fused end. */
  private static long attribute(KernelCall product, int i) {
    return product.attributes().get(product.attributes().size() - FusedAttributes.LENGTH + i);
  }

  /** Whether it is written once and read once. */
  private boolean isPrivate(MemorySlot slot) {
    long written = instructions.stream().filter(i -> i.output().sameMemory(slot)).count();
    long read = instructions.stream().mapToLong(i -> i.reads(slot)).sum();
    return slot.isIntermediate() && written == 1 && read == 1;
  }

  private static Optional<KernelCall> joined(KernelCall product, KernelCall next) {
    if (next.opcode().isFunction()) {
      return Optional.of(withFunction(product, next));
    }
    boolean free = (attribute(product, 0) & FusedAttributes.RESIDUAL) == 0;
    return free && isPlainSum(next) ? Optional.of(withSum(product, next)) : Optional.empty();
  }

  private static KernelCall withFunction(KernelCall product, KernelCall function) {
    List<MemorySlot> operands = new ArrayList<>(product.inputs());
    operands.add(function.output());
    List<Long> parameters = function.attributes();
    return ended(product, operands, attribute(product, 0), function.opcode().number())
        .withParameters(parameters.get(1), parameters.get(2))
        .instruction(function);
  }

  private static KernelCall withSum(KernelCall product, KernelCall sum) {
    MemorySlot other = sum.inputs().get(sum.inputs().get(0).sameMemory(product.output()) ? 1 : 0);
    List<MemorySlot> operands = new ArrayList<>(product.inputs());
    operands.add(other);
    operands.add(sum.output());
    return ended(product, operands, attribute(product, 0) | FusedAttributes.RESIDUAL, 0)
        .instruction(sum);
  }

  /** Both operands dense and of the same size. */
  private static boolean isPlainSum(KernelCall sum) {
    return sum.opcode() == KernelOpcode.ADD
        && sum.attributes().equals(LoweringContext.longs(1, sum.output().count(), 1, 1))
        && sum.inputs().stream().allMatch(slot -> slot.count() == sum.output().count());
  }

  private static End ended(
      KernelCall product, List<MemorySlot> operands, long flags, int function) {
    return new End(product, operands, LoweringContext.longs(flags, function, 0, 0));
  }

  private record End(KernelCall product, List<MemorySlot> operands, List<Long> end) {
    End withParameters(long a, long b) {
      return new End(product, operands, List.of(end.get(0), end.get(1), a, b));
    }

    KernelCall instruction(KernelCall reader) {
      List<Long> attributes = new ArrayList<>(product.attributes());
      List<Long> tail =
          attributes.subList(attributes.size() - FusedAttributes.LENGTH, attributes.size());
      tail.clear();
      attributes.addAll(end);
      return new KernelCall(product.opcode(), operands, attributes, product.nodes())
          .alsoComputing(reader.nodes());
    }
  }
}
