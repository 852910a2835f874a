package dev.axiomml.interop.pytorch.pickle;

import java.util.Optional;

/** The opcodes of pickle protocols 0 to 5, with what each does. */
enum Opcode {
  MARK('(', Machine::mark),
  POP('0', Containers::pop),
  POP_MARK('1', Machine::popToMark),
  DUP('2', m -> m.push(m.top())),
  PROTO(0x80, Scalars::protocol),
  FRAME(0x95, Scalars::frame),
  STOP('.', m -> {}),

  NONE('N', m -> m.push(new PyValue.None())),
  NEWTRUE(0x88, m -> m.push(new PyValue.Bool(true))),
  NEWFALSE(0x89, m -> m.push(new PyValue.Bool(false))),
  INT('I', Scalars::intLine),
  LONG('L', Scalars::longLine),
  BININT('J', m -> m.push(new PyValue.Int(m.in().signed32(m.site())))),
  BININT1('K', m -> m.push(new PyValue.Int(m.in().next(m.site())))),
  BININT2('M', m -> m.push(new PyValue.Int(m.in().unsigned16(m.site())))),
  LONG1(0x8a, m -> Scalars.longBytes(m, m.in().next(m.site()))),
  LONG4(0x8b, m -> Scalars.longBytes(m, m.in().signed32(m.site()))),
  FLOAT('F', Scalars::floatLine),
  BINFLOAT('G', m -> m.push(new PyValue.Real(m.in().bigEndianDouble(m.site())))),

  STRING('S', Texts::quoted),
  BINSTRING('T', m -> Texts.latin1(m, m.in().signed32(m.site()))),
  SHORT_BINSTRING('U', m -> Texts.latin1(m, m.in().next(m.site()))),
  UNICODE('V', Texts::rawUnicode),
  BINUNICODE('X', m -> Texts.utf8(m, m.in().unsigned32(m.site()))),
  SHORT_BINUNICODE(0x8c, m -> Texts.utf8(m, m.in().next(m.site()))),
  BINUNICODE8(0x8d, m -> Texts.utf8(m, m.in().signed64(m.site()))),
  BINBYTES('B', m -> Texts.bytes(m, m.in().unsigned32(m.site()))),
  SHORT_BINBYTES('C', m -> Texts.bytes(m, m.in().next(m.site()))),
  BINBYTES8(0x8e, m -> Texts.bytes(m, m.in().signed64(m.site()))),
  BYTEARRAY8(0x96, m -> Texts.bytes(m, m.in().signed64(m.site()))),

  EMPTY_LIST(']', m -> Containers.items(m, PyItems.Kind.LIST, 0)),
  EMPTY_TUPLE(')', m -> Containers.items(m, PyItems.Kind.TUPLE, 0)),
  EMPTY_SET(0x8f, m -> Containers.items(m, PyItems.Kind.SET, 0)),
  EMPTY_DICT('}', m -> m.push(new PyDict())),
  TUPLE1(0x85, m -> Containers.items(m, PyItems.Kind.TUPLE, 1)),
  TUPLE2(0x86, m -> Containers.items(m, PyItems.Kind.TUPLE, 2)),
  TUPLE3(0x87, m -> Containers.items(m, PyItems.Kind.TUPLE, 3)),
  TUPLE('t', m -> Containers.marked(m, PyItems.Kind.TUPLE)),
  LIST('l', m -> Containers.marked(m, PyItems.Kind.LIST)),
  FROZENSET(0x91, m -> Containers.marked(m, PyItems.Kind.SET)),
  DICT('d', Containers::dict),
  APPEND('a', m -> Containers.append(m, java.util.List.of(m.pop()))),
  APPENDS('e', m -> Containers.append(m, m.popToMark())),
  ADDITEMS(0x90, m -> Containers.append(m, m.popToMark())),
  SETITEM('s', Containers::setItem),
  SETITEMS('u', Containers::setItems),

  PUT('p', m -> m.remember(Scalars.index(m))),
  BINPUT('q', m -> m.remember(m.in().next(m.site()))),
  LONG_BINPUT('r', m -> m.remember(m.in().unsigned32(m.site()))),
  MEMOIZE(0x94, Machine::memoize),
  GET('g', m -> m.push(m.recall(Scalars.index(m)))),
  BINGET('h', m -> m.push(m.recall(m.in().next(m.site())))),
  LONG_BINGET('j', m -> m.push(m.recall(m.in().unsigned32(m.site())))),

  GLOBAL('c', Objects::global),
  STACK_GLOBAL(0x93, Objects::stackGlobal),
  REDUCE('R', Objects::reduce),
  NEWOBJ(0x81, Objects::newObject),
  NEWOBJ_EX(0x92, Objects::newObjectWithNames),
  BUILD('b', Objects::build),
  PERSID('P', Objects::persistentLine),
  BINPERSID('Q', Objects::persistent),

  INST('i', Objects::refused),
  OBJ('o', Objects::refused),
  EXT1(0x82, Objects::refused),
  EXT2(0x83, Objects::refused),
  EXT4(0x84, Objects::refused),
  NEXT_BUFFER(0x97, Objects::refused),
  READONLY_BUFFER(0x98, Objects::refused);

  /** What an opcode does. */
  interface Step {
    void run(Machine machine);
  }

  private static final Opcode[] BY_CODE = new Opcode[256];

  static {
    for (Opcode opcode : values()) {
      BY_CODE[opcode.code] = opcode;
    }
  }

  private final int code;
  private final Step step;

  Opcode(int code, Step step) {
    this.code = code;
    this.step = step;
  }

  static Optional<Opcode> of(int code) {
    return Optional.ofNullable(BY_CODE[code]);
  }

  void run(Machine machine) {
    step.run(machine);
  }
}
