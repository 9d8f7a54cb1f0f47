# One interface target carries what every folder of ours is compiled with.
add_library(vereda_options INTERFACE)
target_include_directories(vereda_options INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_features(vereda_options INTERFACE cxx_std_20)
target_compile_options(vereda_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Wnon-virtual-dtor -Wold-style-cast -Wcast-qual
  -Wunused -Woverloaded-virtual -Wformat=2 -Wimplicit-fallthrough
  # GCC 12 sees uninitialised members in std::variant and std::optional where there are none.
  $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>
  # Same input, same bytes: never let the compiler fuse or reorder floating-point operations.
  -ffp-contract=off)
if(VEREDA_WARNINGS_AS_ERRORS)
  target_compile_options(vereda_options INTERFACE -Werror)
endif()
if(VEREDA_SANITIZE)
  target_compile_options(vereda_options INTERFACE -fsanitize=${VEREDA_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=undefined)
  target_link_options(vereda_options INTERFACE -fsanitize=${VEREDA_SANITIZE})
endif()
if(VEREDA_COVERAGE)
  target_compile_options(vereda_options INTERFACE --coverage -O0)
  target_link_options(vereda_options INTERFACE --coverage)
endif()
