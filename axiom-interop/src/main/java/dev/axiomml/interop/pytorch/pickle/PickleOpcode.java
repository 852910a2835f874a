package dev.axiomml.interop.pytorch.pickle;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * An opcode of pickle protocols 0 to 5, with what it does.
 *
 * @param name as Python's documentation has it
 * @param code its byte
 * @param step what it does
 */
record PickleOpcode(String name, int code, Step step) {
  /** What an opcode does. */
  interface Step {
    void run(PickleMachine machine);
  }

  private static final Step REFUSE =
      machine -> {
        throw ObjectOpcodes.refusal(machine);
      };

  private static final List<PickleOpcode> ALL =
      List.of(
          new PickleOpcode("MARK", '(', PickleMachine::mark),
          new PickleOpcode("POP", '0', ContainerOpcodes::pop),
          new PickleOpcode("POP_MARK", '1', PickleMachine::popToMark),
          new PickleOpcode("DUP", '2', m -> m.push(m.top())),
          new PickleOpcode("PROTO", 0x80, ScalarOpcodes::protocol),
          new PickleOpcode("FRAME", 0x95, ScalarOpcodes::frame),
          new PickleOpcode("STOP", '.', m -> {}),
          new PickleOpcode("NONE", 'N', m -> m.push(new PyValue.None())),
          new PickleOpcode("NEWTRUE", 0x88, m -> m.push(new PyValue.Bool(true))),
          new PickleOpcode("NEWFALSE", 0x89, m -> m.push(new PyValue.Bool(false))),
          new PickleOpcode("INT", 'I', ScalarOpcodes::intLine),
          new PickleOpcode("LONG", 'L', ScalarOpcodes::longLine),
          new PickleOpcode("BININT", 'J', m -> m.push(new PyValue.Int(m.in().signed32(m.site())))),
          new PickleOpcode("BININT1", 'K', m -> m.push(new PyValue.Int(m.in().next(m.site())))),
          new PickleOpcode(
              "BININT2", 'M', m -> m.push(new PyValue.Int(m.in().unsigned16(m.site())))),
          new PickleOpcode("LONG1", 0x8a, m -> ScalarOpcodes.longBytes(m, m.in().next(m.site()))),
          new PickleOpcode(
              "LONG4", 0x8b, m -> ScalarOpcodes.longBytes(m, m.in().signed32(m.site()))),
          new PickleOpcode("FLOAT", 'F', ScalarOpcodes::floatLine),
          new PickleOpcode(
              "BINFLOAT", 'G', m -> m.push(new PyValue.Real(m.in().bigEndianDouble(m.site())))),
          new PickleOpcode("STRING", 'S', TextOpcodes::quoted),
          new PickleOpcode("BINSTRING", 'T', m -> TextOpcodes.latin1(m, m.in().signed32(m.site()))),
          new PickleOpcode(
              "SHORT_BINSTRING", 'U', m -> TextOpcodes.latin1(m, m.in().next(m.site()))),
          new PickleOpcode("UNICODE", 'V', TextOpcodes::rawUnicode),
          new PickleOpcode(
              "BINUNICODE", 'X', m -> TextOpcodes.utf8(m, m.in().unsigned32(m.site()))),
          new PickleOpcode(
              "SHORT_BINUNICODE", 0x8c, m -> TextOpcodes.utf8(m, m.in().next(m.site()))),
          new PickleOpcode(
              "BINUNICODE8", 0x8d, m -> TextOpcodes.utf8(m, m.in().signed64(m.site()))),
          new PickleOpcode("BINBYTES", 'B', m -> TextOpcodes.bytes(m, m.in().unsigned32(m.site()))),
          new PickleOpcode("SHORT_BINBYTES", 'C', m -> TextOpcodes.bytes(m, m.in().next(m.site()))),
          new PickleOpcode("BINBYTES8", 0x8e, m -> TextOpcodes.bytes(m, m.in().signed64(m.site()))),
          new PickleOpcode(
              "BYTEARRAY8", 0x96, m -> TextOpcodes.bytes(m, m.in().signed64(m.site()))),
          new PickleOpcode("EMPTY_LIST", ']', m -> ContainerOpcodes.items(m, PyItems.Kind.LIST, 0)),
          new PickleOpcode(
              "EMPTY_TUPLE", ')', m -> ContainerOpcodes.items(m, PyItems.Kind.TUPLE, 0)),
          new PickleOpcode("EMPTY_SET", 0x8f, m -> ContainerOpcodes.items(m, PyItems.Kind.SET, 0)),
          new PickleOpcode("EMPTY_DICT", '}', m -> m.push(new PyDict())),
          new PickleOpcode("TUPLE1", 0x85, m -> ContainerOpcodes.items(m, PyItems.Kind.TUPLE, 1)),
          new PickleOpcode("TUPLE2", 0x86, m -> ContainerOpcodes.items(m, PyItems.Kind.TUPLE, 2)),
          new PickleOpcode("TUPLE3", 0x87, m -> ContainerOpcodes.items(m, PyItems.Kind.TUPLE, 3)),
          new PickleOpcode("TUPLE", 't', m -> ContainerOpcodes.marked(m, PyItems.Kind.TUPLE)),
          new PickleOpcode("LIST", 'l', m -> ContainerOpcodes.marked(m, PyItems.Kind.LIST)),
          new PickleOpcode("FROZENSET", 0x91, m -> ContainerOpcodes.marked(m, PyItems.Kind.SET)),
          new PickleOpcode("DICT", 'd', ContainerOpcodes::dict),
          new PickleOpcode(
              "APPEND", 'a', m -> ContainerOpcodes.append(m, java.util.List.of(m.pop()))),
          new PickleOpcode("APPENDS", 'e', m -> ContainerOpcodes.append(m, m.popToMark())),
          new PickleOpcode("ADDITEMS", 0x90, m -> ContainerOpcodes.append(m, m.popToMark())),
          new PickleOpcode("SETITEM", 's', ContainerOpcodes::setItem),
          new PickleOpcode("SETITEMS", 'u', ContainerOpcodes::setItems),
          new PickleOpcode("PUT", 'p', m -> m.remember(ScalarOpcodes.index(m))),
          new PickleOpcode("BINPUT", 'q', m -> m.remember(m.in().next(m.site()))),
          new PickleOpcode("LONG_BINPUT", 'r', m -> m.remember(m.in().unsigned32(m.site()))),
          new PickleOpcode("MEMOIZE", 0x94, PickleMachine::memoize),
          new PickleOpcode("GET", 'g', m -> m.push(m.recall(ScalarOpcodes.index(m)))),
          new PickleOpcode("BINGET", 'h', m -> m.push(m.recall(m.in().next(m.site())))),
          new PickleOpcode("LONG_BINGET", 'j', m -> m.push(m.recall(m.in().unsigned32(m.site())))),
          new PickleOpcode("GLOBAL", 'c', ObjectOpcodes::global),
          new PickleOpcode("STACK_GLOBAL", 0x93, ObjectOpcodes::stackGlobal),
          new PickleOpcode("REDUCE", 'R', ObjectOpcodes::reduce),
          new PickleOpcode("NEWOBJ", 0x81, ObjectOpcodes::newObject),
          new PickleOpcode("NEWOBJ_EX", 0x92, ObjectOpcodes::newObjectWithNames),
          new PickleOpcode("BUILD", 'b', ObjectOpcodes::build),
          new PickleOpcode("PERSID", 'P', ObjectOpcodes::persistentLine),
          new PickleOpcode("BINPERSID", 'Q', ObjectOpcodes::persistent),
          new PickleOpcode("INST", 'i', REFUSE),
          new PickleOpcode("OBJ", 'o', REFUSE),
          new PickleOpcode("EXT1", 0x82, REFUSE),
          new PickleOpcode("EXT2", 0x83, REFUSE),
          new PickleOpcode("EXT4", 0x84, REFUSE),
          new PickleOpcode("NEXT_BUFFER", 0x97, REFUSE),
          new PickleOpcode("READONLY_BUFFER", 0x98, REFUSE));

  private static final Map<Integer, PickleOpcode> BY_CODE =
      ALL.stream().collect(Collectors.toUnmodifiableMap(PickleOpcode::code, Function.identity()));

  static Optional<PickleOpcode> of(int code) {
    return Optional.ofNullable(BY_CODE.get(code));
  }

  void run(PickleMachine machine) {
    step.run(machine);
  }

  boolean isLast() {
    return code == '.';
  }
}
