#include <string>
#include <vector>

#include "app/program.hpp"

int main(int argc, char** argv) {
    const std::vector<std::string> words(argv + (argc > 0 ? 1 : 0), argv + argc);
    return static_cast<int>(vereda::app::run_program(words));
}
