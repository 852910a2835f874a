package dev.axiomml.interop.pytorch.pickle;

import dev.axiomml.core.error.ModelImportException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The state of a pickle being read: stack, marks and memo. */
final class PickleMachine {
  private final PickleInput in;
  private final PickleEnvironment environment;
  private final PickleLimits limits;
  private final List<PyValue> stack = new ArrayList<>();
  private final List<Integer> marks = new ArrayList<>();
  private final Map<Integer, PyValue> memo = new HashMap<>();
  private long made;
  private PickleLocation site;

  PickleMachine(
      PickleInput in, PickleEnvironment environment, PickleLimits limits, PickleLocation start) {
    this.in = in;
    this.environment = environment;
    this.limits = limits;
    this.site = start;
  }

  PickleInput in() {
    return in;
  }

  PickleEnvironment environment() {
    return environment;
  }

  PickleLimits limits() {
    return limits;
  }

  PickleLocation site() {
    return site;
  }

  void at(long offset, String opcode) {
    site = new PickleLocation(site.place(), offset, opcode);
  }

  void push(PyValue value) {
    made(1);
    stack.add(value);
  }

  private void made(int count) {
    made += count;
    if (made > limits.values()) {
      throw site.damaged(
          "more than " + limits.values() + " values", "that is the limit for one pickle");
    }
  }

  PyValue pop() {
    PyValue top = top();
    stack.remove(stack.size() - 1);
    return top;
  }

  PyValue top() {
    int floor = marks.isEmpty() ? 0 : marks.get(marks.size() - 1);
    if (stack.size() <= floor) {
      throw underflow();
    }
    return stack.get(stack.size() - 1);
  }

  void mark() {
    made(1);
    marks.add(stack.size());
  }

  /** Whether nothing was pushed since the last mark. */
  boolean isAtMark() {
    return !marks.isEmpty() && marks.get(marks.size() - 1) == stack.size();
  }

  List<PyValue> popToMark() {
    if (marks.isEmpty()) {
      throw site.damaged("no mark is set", "the stack is empty where this opcode needs a mark");
    }
    List<PyValue> top = stack.subList(marks.remove(marks.size() - 1), stack.size());
    List<PyValue> items = List.copyOf(top);
    top.clear();
    return items;
  }

  void remember(long index) {
    if (index < 0 || index >= limits.memo()) {
      throw site.damaged("memo index " + index, "the memo's limit is " + limits.memo() + " values");
    }
    made(1);
    memo.put((int) index, top());
  }

  void memoize() {
    remember(memo.size());
  }

  PyValue recall(long index) {
    PyValue value = index < 0 || index > Integer.MAX_VALUE ? null : memo.get((int) index);
    if (value == null) {
      throw site.damaged("memo index " + index, "nothing was put into the memo there");
    }
    return value;
  }

  private ModelImportException underflow() {
    return site.damaged("the stack is empty", "this opcode needs a value on the stack");
  }
}
